using System.Text.Json;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ReleasePublish;

/// <summary>Inputs that are checked against each other, or have a format.</summary>
internal sealed partial class PublishRequest
{
    private static (string? Tag, string? Version) ReadVersion(Inputs inputs)
    {
        var tag = inputs.OptionalText("tag", "The tag to release. If absent, `version` decides, or the tag that started the run.");
        var version = inputs.OptionalText("version", "The version to release, without the tag prefix; for manual runs.");
        if (tag is not null && version is not null) inputs.Reject("The inputs 'tag' and 'version' are both given", "Give one of them");
        return (tag, version);
    }

    private static string? ReadTarget(Inputs inputs)
    {
        var target = inputs.OptionalText(
            "target", "The commit to release, 40 hex digits; where absent, the one that started the run. A missing tag is created there.");
        if (target is not null && (target.Length != 40 || !target.All(char.IsAsciiHexDigitLower)))
            inputs.Reject($"The input 'target' is '{target}'", "Give a commit's 40 hex digits");
        return target;
    }

    private static (string? Text, string? Path) ReadBody(Inputs inputs)
    {
        var text = inputs.OptionalText("body", "The release notes, as Markdown.");
        var path = inputs.OptionalText("body-path", "A file with the release notes, in place of `body`; for notes of any length.");
        if (text is not null && path is not null) inputs.Reject("The inputs 'body' and 'body-path' are both given", "Give one of them");
        return (text, path);
    }

    private static List<KeyValuePair<string, string>> ReadImages(Inputs inputs)
    {
        var text = inputs.OptionalText(
            "images", "The images of the release for the report, as JSON from name to digest: the output `digests` of image-build-push.");
        string reason;
        try
        {
            if (text is null) return [];
            var images = BoundedJson.ReadObject(text);
            if (images.All(i => i.Value?.GetValueKind() == JsonValueKind.String))
                return [.. images.Select(i => KeyValuePair.Create(i.Key, i.Value!.ToString()))];
            reason = "a value in it is not a text";
        }
        catch (FormatException e)
        {
            reason = PlainText.Inert(e.Message);
        }

        inputs.Reject(
            $"The input 'images' is not a JSON object from name to digest: {reason}",
            "Give `${{ steps.ID.outputs.digests }}` of image-build-push");
        return [];
    }

    private static List<string>? ReadMovingTags(Inputs inputs)
    {
        const string Description = "Tags that follow the highest stable version of their line:"
            + " major moves v1, minor moves v1.2, none moves nothing. Overrides the policy.";
        var words = inputs.Lines("moving-tags", Description)
            .SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        foreach (var word in words.Where(w => w != "none" && !ReleasePagePolicy.Lines.Contains(w)))
            inputs.Reject($"The input 'moving-tags' has '{word}'", "Use major, minor, or both; or none alone");
        return words.Count == 0 ? null : words;
    }
}
