using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Runner;

/// <summary>What the event's own file says about where a run comes from.</summary>
public sealed partial class RunnerContext
{
    private JsonObject? _event;

    /// <summary>
    /// Whether the run works for a fork: in the fork itself, for a pull request out of one, or after a workflow that did.
    /// Source of the fields: GitHub's webhook payloads.
    /// </summary>
    /// <exception cref="ActionException">The event's file is there and cannot be read (exit 2).</exception>
    public bool IsOfFork =>
        Field(Event["repository"], "fork")?.GetValueKind() == JsonValueKind.True || IsElsewhere("pull_request", "head", "repo")
        || IsElsewhere("workflow_run", "head_repository");

    /// <summary>Where the pushed ref was before the push, 40 hex digits; null where it was not there, or nothing was pushed.</summary>
    /// <exception cref="ActionException">The event's file is there and cannot be read (exit 2).</exception>
    public string? MovedFrom =>
        EventName == "push" && Event["before"]?.ToString() is { Length: 40 } before && before.Any(c => c != '0') ? before : null;

    /// <summary>Why a stranger may have a say in what this run publishes; null where none has.</summary>
    /// <param name="allowsFork">Whether a run of a fork may publish anyway.</param>
    /// <exception cref="ActionException">The event's file cannot be read (exit 2).</exception>
    public Finding? RefusalOfTrust(bool allowsFork)
    {
        if (EventName == "pull_request_target")
        {
            return new Finding(
                "refusing to publish from pull_request_target: it runs with a write token on what a stranger proposes",
                "Publish on a pushed tag or by workflow_dispatch");
        }

        if (allowsFork || !IsOfFork) return null;
        return new Finding(
            $"refusing to publish from a run of a fork ({PlainText.Inert(Repository ?? "")}, event {PlainText.Inert(EventName ?? "")})",
            "Publish from the repository itself; or, in a fork that has releases of its own, set `allow-fork: true`");
    }

    private JsonObject Event => _event ??= ReadEvent();

    private JsonObject ReadEvent()
    {
        if (Get("GITHUB_EVENT_PATH") is not { } path) return [];
        try
        {
            return BoundedJson.ReadObject(ReadFile(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw ActionException.BadInput(
                $"The event's file '{PlainText.Inert(path)}' could not be read: {PlainText.Inert(e.Message)}",
                "Leave GITHUB_EVENT_PATH and the file that it names as the runner sets them");
        }
    }

    // One byte more than is allowed is enough to see that it is too long: the file may have no end.
    private static byte[] ReadFile(string path)
    {
        // A pipe and a device have no length either, and opening a pipe waits forever.
        if (new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path).Length == 0)
            throw new IOException("it is empty, or no regular file");
        using var file = File.OpenRead(path);
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (bytes.Length <= BoundedJson.MostBytes && file.Read(buffer) is > 0 and var count) bytes.Write(buffer, 0, count);
        return bytes.ToArray();
    }

    // A fork that was deleted is null there, and no less a fork.
    private bool IsElsewhere(string what, params ReadOnlySpan<string> way)
    {
        if (Event[what] is not JsonObject place) return false;
        JsonNode? node = place;
        foreach (var step in way) node = Field(node, step);
        return !string.Equals(Field(node, "full_name")?.ToString(), Repository, StringComparison.OrdinalIgnoreCase);
    }

    // Null too where what should be an object is something else.
    private static JsonNode? Field(JsonNode? node, string name) => node is JsonObject there ? there[name] : null;
}
