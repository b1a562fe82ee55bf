using System.Globalization;
using ReleaseActions.Core;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush;

/// <summary>The labels of an image that is built: OCI's predefined ones, the component's version, and the team's.</summary>
internal static class ImageLabels
{
    /// <summary>The commit that an image was built from, by OCI's predefined annotation keys.</summary>
    public const string Revision = "org.opencontainers.image.revision";

    /// <summary>The component's own version, which never changes the tag.</summary>
    public const string ComponentVersion = "org.release-actions.component.version";

    /// <summary>The labels in their order; a team's label replaces a predefined one.</summary>
    public static IReadOnlyDictionary<string, string> For(ImageRequest request, ImageFacts facts, ImageState image)
    {
        var labels = new OrderedDictionary<string, string> { ["org.opencontainers.image.title"] = image.Request.Repository.ShortName };
        if (facts.Version is not null) labels["org.opencontainers.image.version"] = facts.Version.Text;
        labels[Revision] = facts.Commit;
        if (request.Source is not null) labels["org.opencontainers.image.source"] = request.Source;
        var created = facts.CommitDate.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        labels["org.opencontainers.image.created"] = created;
        if (image.ComponentVersion is not null) labels[ComponentVersion] = image.ComponentVersion;
        foreach (var (name, value) in image.Request.Labels.Select(l => Pair("label", l))) labels[name] = facts.Fill(value);
        return labels;
    }

    /// <summary>Reads <c>name=value</c>.</summary>
    /// <exception cref="ActionException">There is no name or no equals sign (exit 2).</exception>
    public static (string Name, string Value) Pair(string kind, string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0) return (text[..equals].Trim(), text[(equals + 1)..]);
        throw ActionException.BadInput(
            $"The {kind} '{PlainText.Inert(text)}' does not have the form name=value", $"Write the {kind} as name=value on one line");
    }
}
