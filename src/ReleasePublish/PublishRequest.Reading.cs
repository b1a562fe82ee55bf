using System.Text.Json;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.ReleasePublish;

/// <summary>Inputs that are checked against each other, or have a format.</summary>
internal sealed partial class PublishRequest
{
    private static (string? Tag, string? Version) ReadVersion(Inputs inputs)
    {
        var tag = inputs.OptionalText("tag", "The tag to release. If absent, `version` decides, or the tag that started the run.");
        var version = inputs.OptionalText("version", "The version to release, without the tag prefix; for manual runs.");
        if (tag is not null && version is not null) inputs.Reject("The inputs 'tag' and 'version' are both given", "Give one of them");
        return (tag is null ? null : RunnerContext.TagOf(tag) ?? tag, version);
    }

    private static string? ReadTarget(Inputs inputs)
    {
        var target = inputs.OptionalText(
            "target",
            "The commit to release: its 40 hex digits, or a branch or tag on the remote, as main or refs/heads/main. If absent, the commit"
                + " that started the run. A missing tag is created there.");
        var name = target?.StartsWith("refs/", StringComparison.Ordinal) == true ? target["refs/".Length..] : target;
        if (name is not null && !RefName.IsSafe(name))
            inputs.Reject($"The input 'target' is '{PlainText.Inert(target!)}'", "Give a commit's 40 hex digits, or the name of a branch");
        return target;
    }

    private static (string? Text, string? Path) ReadBody(Inputs inputs)
    {
        var text = inputs.OptionalText("body", "The release notes, as Markdown.");
        var path = inputs.OptionalText("body-path", "A file with the release notes, in place of `body`; for notes of any length.");
        if (text is not null && path is not null) inputs.Reject("The inputs 'body' and 'body-path' are both given", "Give one of them");
        return (text, path);
    }

    private static string? ReadRepository(Inputs inputs)
    {
        var repository = inputs.OptionalText(
            "repository",
            "Another repository on the same server to publish in, as owner/name. Tag and release are made there; `target` names the branch"
                + " or commit where the tag is not there yet.");
        inputs.Token(
            "repository-token",
            "The token for `repository`, which the job's own token cannot write to. If absent, `token` counts for both.");
        if (repository is not null && !inputs.Runner.IsRunner)
            inputs.Reject("The input 'repository' is given on a laptop, where the checkout's own remote counts", "Omit it there");
        if (repository is null || IsRepository(repository)) return repository;
        inputs.Reject($"The input 'repository' is '{PlainText.Inert(repository)}'", "Give owner/name: letters, digits and . _ - only");
        return null;
    }

    private static bool IsRepository(string text) => text.Split('/') is [var owner, var name]
        && new[] { owner, name }.All(part => part is not ("" or "." or "..") && part[0] != '-'
            && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'));

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
