using System.Globalization;
using ReleaseActions.Core;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ImageBuildPush;

/// <summary>The labels of an image that is built: OCI's own names, the component's version, and the team's.</summary>
internal static class ImageLabels
{
    /// <summary>The commit that an image was built from, by OCI's predefined annotation keys.</summary>
    public const string Revision = "org.opencontainers.image.revision";

    /// <summary>The component's own version, which never changes the tag.</summary>
    public const string ComponentVersion = "org.release-actions.component.version";

    /// <summary>The labels in their order; a team's label stands in place of ours.</summary>
    public static IReadOnlyDictionary<string, string> For(ReleaseFacts release, ImageFacts image)
    {
        var labels = new OrderedDictionary<string, string> { ["org.opencontainers.image.title"] = image.Order.Repository.ShortName };
        if (release.Version is not null) labels["org.opencontainers.image.version"] = release.Version.Text;
        labels[Revision] = release.Commit;
        if (release.Source is not null) labels["org.opencontainers.image.source"] = release.Source;
        labels["org.opencontainers.image.created"] = release.CommitDate.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        if (image.ComponentVersion is not null) labels[ComponentVersion] = image.ComponentVersion;
        foreach (var (name, value) in image.Order.Labels.Select(l => Pair("label", l))) labels[name] = Placeholders.Fill(value, release.Version?.Text, release.ShortCommit);
        return labels;
    }

    /// <summary>Reads <c>name=value</c>.</summary>
    /// <exception cref="ActionException">There is no name or no equals sign (exit 2).</exception>
    public static (string Name, string Value) Pair(string kind, string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? (text[..equals].Trim(), text[(equals + 1)..])
            : throw ActionException.BadInput($"The {kind} '{PlainText.Inert(text)}' is not of the form name=value", $"Write the {kind} as name=value on one line");
    }
}
