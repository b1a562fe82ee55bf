using System.Text.Json;
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

    private JsonObject Event => _event ??= ReadEvent();

    private JsonObject ReadEvent()
    {
        if (Get("GITHUB_EVENT_PATH") is not { } path) return [];
        var text = new RunnersFile("GITHUB_EVENT_PATH", path).ReadText();
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new JsonException("it is not an object");
        }
        catch (JsonException e)
        {
            throw ActionException.BadInput(
                $"The event's file '{path}' could not be read: {e.Message}", "See that the step may read what GITHUB_EVENT_PATH names");
        }
    }
}
