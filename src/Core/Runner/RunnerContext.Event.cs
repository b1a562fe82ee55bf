using System.Text.Json.Nodes;
using ReleaseActions.Core.Files;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Runner;

/// <summary>The event's own file.</summary>
public sealed partial class RunnerContext
{
    private JsonObject? _event;

    /// <summary>Where the pushed ref was before the push, 40 hex digits; null where it was not there, or nothing was pushed.</summary>
    /// <exception cref="ActionException">The event's file is there and cannot be read (exit 2).</exception>
    public string? MovedFrom =>
        EventName == "push" && Event["before"]?.ToString() is { Length: 40 } before && before.Any(c => c != '0') ? before : null;

    /// <summary>The title of the pull request that the run is about; null where it is about none.</summary>
    public string? PullRequestTitle => (Event["pull_request"] as JsonObject)?["title"]?.ToString();

    /// <summary>Whether a pull request comes from this repository; a fork may have branches of the same names.</summary>
    public bool IsPullRequestOfOwn =>
        Event["pull_request"] is JsonObject pull && ReasonOfHead((pull["head"] as JsonObject)?["repo"]) is null;

    private JsonObject Event => _event ??= ReadEvent();

    private JsonObject ReadEvent()
    {
        if (Get("GITHUB_EVENT_PATH") is not { } path) return [];
        var text = new RunnersFile("GITHUB_EVENT_PATH", path).ReadText();
        try
        {
            return BoundedJson.ReadObject(text);
        }
        catch (FormatException e)
        {
            throw ActionException.BadInput(
                $"The event's file '{PlainText.Inert(path)}' could not be read: {PlainText.Inert(e.Message)}",
                "Leave GITHUB_EVENT_PATH and the file that it names as the runner sets them");
        }
    }
}
