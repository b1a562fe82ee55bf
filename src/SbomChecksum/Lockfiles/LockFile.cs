using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.Text;
using YamlDotNet.Core;

namespace ReleaseActions.SbomChecksum.Lockfiles;

/// <summary>What one lock file pins.</summary>
/// <param name="Components">Its packages, each once.</param>
/// <param name="Direct">The references of those that the project itself asks for; null where the file does not tell them apart.</param>
internal sealed record LockFile(IReadOnlyList<Component> Components, IReadOnlyList<string>? Direct)
{
    private static readonly Dictionary<string, Func<string, LockFile>> Readers = new(StringComparer.Ordinal)
    {
        ["package-lock.json"] = NpmLock.Read,
        ["npm-shrinkwrap.json"] = NpmLock.Read,
        ["packages.lock.json"] = NuGetLock.Read,
        ["poetry.lock"] = PoetryLock.Read,
        ["uv.lock"] = UvLock.Read,
        ["Pipfile.lock"] = PipfileLock.Read,
        ["requirements.txt"] = Requirements.Read,
        ["Cargo.lock"] = CargoLock.Read,
        ["go.mod"] = GoModule.Read,
    };

    /// <summary>The names of the files that are understood.</summary>
    public static IEnumerable<string> Names => Readers.Keys;

    /// <summary>Reads a lock file by its name; what its name does not tell, such as <c>requirements-prod.txt</c>, by the end of it.</summary>
    /// <exception cref="ActionException">It is none that is understood, or is broken (exit 2).</exception>
    public static LockFile Read(string path, string text)
    {
        var name = Path.GetFileName(path);
        var reader = Readers.GetValueOrDefault(name.EndsWith(".txt", StringComparison.Ordinal) ? "requirements.txt" : name)
            ?? throw ActionException.BadInput($"'{PlainText.Inert(path)}' is no lock file that is understood", $"Name one of these: {string.Join(", ", Names)}");
        try
        {
            return reader(text.TrimStart('\uFEFF'));
        }
        catch (Exception e) when (e is JsonException or FormatException or YamlException or InvalidOperationException or ArgumentException)
        {
            var why = e is JsonException or FormatException ? e.Message : "it is not in the form that its tool writes";
            throw new ActionException(ExitCode.BadInput, [new Finding($"'{PlainText.Inert(path)}' cannot be read: {PlainText.Inert(why)}", "Write it anew with its own tool, or name the right files in `lockfiles`", path)]);
        }
    }

    /// <summary>Reads JSON without trusting it: at most 256 levels deep, and a key may not be there twice.</summary>
    public static JsonObject ReadJson(string text) =>
        JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 256, AllowDuplicateProperties = false, AllowTrailingCommas = true }) as JsonObject
        ?? throw new FormatException("it is no JSON object");
}

/// <summary>Short ways through a tree of JSON whose shape nobody vouches for: what is not there, or is something else, is null or empty.</summary>
internal static class JsonTree
{
    public static string? Text(this JsonNode? node, string key) => Child(node, key) is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    public static bool Flag(this JsonNode? node, string key) => Child(node, key) is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    public static JsonNode? Child(this JsonNode? node, string key) => (node as JsonObject)?[key];

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Pairs(this JsonNode? node, string key) => Child(node, key) as JsonObject ?? [];

    public static IEnumerable<JsonNode?> Items(this JsonNode? node, string key) => Child(node, key) as JsonArray ?? [];
}
