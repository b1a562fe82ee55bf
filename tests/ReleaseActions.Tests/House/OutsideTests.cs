using System.Text.RegularExpressions;

namespace ReleaseActions.Tests.House;

/// <summary>
/// What comes from outside is read in one place for each kind. The compiler keeps most folders from anything else (BannedSymbols.txt);
/// those of Core that wrap the machine are free of its bans, and are read here.
/// </summary>
[Trait("Row", "S34"), Trait("Row", "S45")]
public sealed partial class OutsideTests
{
    [Fact]
    public void JSON_is_read_by_the_one_reader_that_has_bounds() =>
        Uses(ReadingJson(), except: "src/Core/Text/BoundedJson.cs").Should().BeEmpty();

    [Fact]
    public void Headers_of_an_answer_are_read_by_the_one_reader_that_checks_them() =>
        Uses(ReadingHeaders(), except: "src/Core/Http/AnswerHeaders.cs").Should().BeEmpty();

    [Fact]
    public void Requests_leave_through_the_one_pipeline() =>
        Uses(MakingClients(), except: "src/Core/Http/ResilientHttp.cs").Should().BeEmpty();

    private static IEnumerable<string> Uses(Regex what, string except) =>
        from path in Directory.EnumerateFiles(Path.Combine(Golden.Root, "src"), "*.cs", SearchOption.AllDirectories)
        let file = Path.GetRelativePath(Golden.Root, path)
        where file != except && !file.StartsWith("src/Sandbox/", StringComparison.Ordinal)
            && !file.Split('/').Any(part => part is "obj" or "bin")
        from line in File.ReadLines(path)
        where what.IsMatch(line)
        select $"{file}: {line.Trim()}";

    [GeneratedRegex(@"(JsonNode|JsonObject|JsonArray|JsonDocument)\.Parse|\.Deserialize(Async)?\(|new Utf8JsonReader|ReadFromJson")]
    private static partial Regex ReadingJson();

    [GeneratedRegex(@"nswer\w*\.(Content\.)?Headers\.(Location|RetryAfter|Date|ETag|TryGetValues|GetValues|GetEnumerator|NonValidated)")]
    private static partial Regex ReadingHeaders();

    [GeneratedRegex(@"new (HttpClient|SocketsHttpHandler|HttpClientHandler|TcpClient|Socket)\b|SocketsHttpHandler \w+\(.*=> new\(")]
    private static partial Regex MakingClients();
}
