using System.Text.Json;

namespace ReleaseActions.Tests.Support;

/// <summary>Vectors that nobody here wrote, outside the repository, in the folder that <c>CORPORA</c> names.</summary>
public static class Corpora
{
    /// <summary>A file of the corpora; the test is skipped where they are not there, and fails where <c>CI=true</c>.</summary>
    public static string Require(string path)
    {
        var folder = Environment.GetEnvironmentVariable("CORPORA");
        if (folder is { Length: > 0 }) return Path.Combine(folder, path);
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail($"CORPORA is unset: {path} is needed where CI=true");
        Assert.Skip($"CORPORA is unset: {path} was not tried");
        return "";
    }

    /// <summary>A JSON file of the corpora.</summary>
    public static JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllText(Require(path))).RootElement;
}
