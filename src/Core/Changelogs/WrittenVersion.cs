using System.Text.RegularExpressions;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>
/// A version as people write it in a heading: one to four numbers, with or without a word such as <c>Beta 2</c>, <c>rc1</c> or
/// <c>.post1</c> after them. Two are equal where they mean the same version: <c>1.4</c> and <c>1.4.0</c>, <c>2.0.0 Beta 2</c> and
/// <c>2.0.0-beta.2</c>. Build metadata does not count.
/// </summary>
internal sealed partial class WrittenVersion : IComparable<WrittenVersion>, IEquatable<WrittenVersion>
{
    private static readonly Dictionary<string, string> OneWord = new(StringComparer.OrdinalIgnoreCase)
    {
        ["a"] = "alpha", ["b"] = "beta", ["c"] = "rc", ["cr"] = "rc", ["m"] = "milestone", ["pre"] = "preview", ["prerelease"] = "preview",
        ["final"] = "", ["ga"] = "", ["stable"] = "", ["lts"] = "", ["sp"] = "post", ["hotfix"] = "post", ["r"] = "post",
    };

    private static readonly string[] Stages = ["dev", "snapshot", "alpha", "beta", "milestone", "preview", "rc"];

    private readonly string[] _numbers;
    private readonly string _core;
    private readonly string _words;

    private WrittenVersion(string text, string core, string rest)
    {
        _numbers = core.Split('.');
        (Text, Count, _core, _words) = (text, _numbers.Length, core, rest.Length == 0 ? "" : WordsOf(rest));
        for (var i = 0; i < _numbers.Length; i++) _numbers[i] = _numbers[i].TrimStart('0');
        while (_numbers.Length > 1 && _numbers[^1].Length == 0) Array.Resize(ref _numbers, _numbers.Length - 1);
    }

    /// <summary>The version as it is written, without a prefix.</summary>
    public string Text { get; }

    /// <summary>How many numbers are written.</summary>
    public int Count { get; }

    /// <summary>The same in SemVer's form, where missing numbers are zeros; null where SemVer has no form for it.</summary>
    public SemanticVersion? Semantic => field ??= SemanticOf(Text, _core);

    /// <summary>Whether it says of itself that it is not released: <c>1.1.0-dev</c>, <c>1.1.0-SNAPSHOT</c>.</summary>
    public bool IsInDevelopment => _words.StartsWith("dev", StringComparison.Ordinal) || _words == "snapshot";

    /// <summary>The version whose whole text this is, or null.</summary>
    public static WrittenVersion? Of(string text)
    {
        foreach (var match in Form().EnumerateMatches(text))
            return match.Index == 0 && match.Length == text.Length ? At(text, 0, text.Length).Version : null;
        return null;
    }

    /// <summary>The versions in a text, and where each is.</summary>
    public static IReadOnlyList<Found> In(string text)
    {
        List<Found>? found = null;
        foreach (var match in Form().EnumerateMatches(text)) (found ??= new(1)).Add(At(text, match.Index, match.Length));
        return found ?? [];
    }

    /// <summary>Whether a version is of the line that this one names: <c>1.2.3</c> is of <c>1.2</c>.</summary>
    public bool Contains(WrittenVersion other) => Count < other.Count && _words.Length == 0
        && other.Text.StartsWith($"{Text}.", StringComparison.Ordinal);

    /// <summary>Whether this is the development of a version: <c>1.1.0-dev</c> becomes <c>1.1.0</c>.</summary>
    public bool IsBefore(WrittenVersion version) =>
        IsInDevelopment && version._words.Length == 0 && _numbers.SequenceEqual(version._numbers);

    /// <inheritdoc/>
    public int CompareTo(WrittenVersion? other)
    {
        if (other is null) return 1;
        for (var i = 0; i < Math.Max(_numbers.Length, other._numbers.Length); i++)
        {
            // Without leading zeros the longer number is the larger one.
            var (mine, its) = (i < _numbers.Length ? _numbers[i] : "", i < other._numbers.Length ? other._numbers[i] : "");
            var order = mine.Length != its.Length ? mine.Length.CompareTo(its.Length) : string.CompareOrdinal(mine, its);
            if (order != 0) return order;
        }

        var stage = StageOf(_words).CompareTo(StageOf(other._words));
        return stage != 0 ? stage : CompareWords(_words, other._words);
    }

    /// <inheritdoc/>
    public bool Equals(WrittenVersion? other) => other is not null && _words == other._words && _numbers.SequenceEqual(other._numbers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WrittenVersion);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var number in _numbers) hash.Add(number, StringComparer.Ordinal);
        hash.Add(_words, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    // The numbers end where no further number follows a dot.
    private static Found At(string text, int begin, int length)
    {
        var version = text.AsSpan(begin, length).TrimStart("vV");
        if (version[0] == '.') version = version[1..];
        var core = 0;
        for (var numbers = 0; numbers < 4; numbers++)
        {
            var next = numbers > 0 && core < version.Length && version[core] == '.' ? core + 1 : core;
            if (numbers > 0 && next == core) break;
            var digits = version[next..].IndexOfAnyExceptInRange('0', '9');
            if (digits == 0) break;
            core = digits < 0 ? version.Length : next + digits;
        }

        var written = new WrittenVersion(version.ToString(), version[..core].ToString(), version[core..].ToString());
        return new Found(written, begin, begin + length, version.Length < length);
    }

    private SemanticVersion? SemanticOf(string text, string core)
    {
        if (SemanticVersion.TryParse(text, out var exact)) return exact;
        if (Count > 3) return null;
        var padded = core + string.Concat(Enumerable.Repeat(".0", 3 - Count)) + (_words.Length == 0 ? "" : $"-{_words}");
        return SemanticVersion.TryParse(padded, out var version) ? version : null;
    }

    // `rc1`, `-rc.1`, ` RC 1`, `.rc01` are the same words and numbers.
    private static string WordsOf(string rest)
    {
        var build = rest.IndexOf('+', StringComparison.Ordinal);
        var text = (build < 0 ? rest : rest[..build]).Replace("release candidate", "rc", StringComparison.OrdinalIgnoreCase);
        var parts = Part().Matches(text).Select(m => m.Value).Select(p => char.IsAsciiDigit(p[0])
            ? p.TrimStart('0').PadLeft(1, '0') : OneWord.GetValueOrDefault(p, p.ToLowerInvariant()));
        return string.Join('.', parts.Where(p => p is not ("" or "release")));
    }

    private static int StageOf(string words)
    {
        if (words.Length == 0) return Stages.Length + 1;
        var first = words.Split('.')[0];
        if (first is "post" or "update" or "patch") return Stages.Length + 2;
        // A number alone, as in `1.2.3-1`, is a prerelease in SemVer; so is a word that nobody knows.
        return Array.IndexOf(Stages, first) is >= 0 and var at ? at : Stages.Length;
    }

    private static int CompareWords(string left, string right)
    {
        foreach (var (mine, other) in left.Split('.').Zip(right.Split('.')))
        {
            var areNumbers = mine.All(char.IsAsciiDigit) && other.All(char.IsAsciiDigit) && mine.Length != other.Length;
            var order = areNumbers ? mine.Length.CompareTo(other.Length) : string.CompareOrdinal(mine, other);
            if (order != 0) return order;
        }

        return left.Length.CompareTo(right.Length);
    }

    private const string Identifiers = @"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*";

    private const string Words = "alpha|beta|rc|cr|preview|pre-?release|milestone|snapshot|dev|post|final|ga|release candidate";

    // ` Beta 2` in words, `rc1` and `.post1` as in Python, `-rc.1+7` as in SemVer. A word alone is one only where nothing follows it.
    private const string Rest = $@"[ ](?:(?:{Words})(?:[ .-]?[0-9]+|(?=\s*(?:$|[^\w\s])))|(?:sp|update|patch|hotfix|m)[ ]?[0-9]+)"
        + $@"|[._]?(?:(?:{Words}|release|stable|lts)\.?[0-9]*|(?:[abc]|sp|m|r)[0-9]+)"
        + $@"|(?:-{Identifiers})?(?:\+{Identifiers})?";

    private const string Whole = @"(?<![0-9A-Za-z+]|(?<!\.)\.)(?:[vV]\.?)?[0-9]{1,40}(?:\.[0-9]{1,40}){0,3}"
        + $@"(?:{Rest})(?!\.?[0-9A-Za-z_]|[-+][0-9A-Za-z-])";

    [GeneratedRegex(Whole, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();

    [GeneratedRegex("[0-9]+|[A-Za-z]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Part();
}

/// <summary>A version in a text.</summary>
/// <param name="Version">The version.</param>
/// <param name="Begin">Where it begins, with its prefix.</param>
/// <param name="End">Where it ends, exclusively.</param>
/// <param name="HasPrefix">Whether <c>v</c> is before it.</param>
internal readonly record struct Found(WrittenVersion Version, int Begin, int End, bool HasPrefix);
