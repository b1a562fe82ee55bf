using System.Buffers;

namespace ReleaseActions.Core.Versions;

/// <summary>
/// A version of numbers as <c>semver-loose</c> and <c>calver</c> have them, perhaps with a word: <c>1.4-rc.1</c>, <c>1.4rc1</c> and
/// <c>1.4.rc1</c> are the same. Numbers that are missing are 0. Pure.
/// </summary>
internal sealed class LooseVersion : ReleaseVersion
{
    private static readonly SearchValues<char> Legal =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-.");

    // Only these are read where no hyphen is before them: the letter of `1.1.1w` is no prerelease.
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["a"] = "alpha", ["alpha"] = "alpha", ["b"] = "beta", ["beta"] = "beta", ["c"] = "rc", ["rc"] = "rc", ["dev"] = "dev",
        ["pre"] = "preview", ["preview"] = "preview",
    };

    private readonly IReadOnlyList<string> _identifiers;

    private LooseVersion(string text, string core, IReadOnlyList<string> parts, string prerelease, IReadOnlyList<string> identifiers)
        : base(text, core, parts)
    {
        (Prerelease, _identifiers) = (prerelease, identifiers);
        if (identifiers.Count == 0) return;
        Label = identifiers[0];
        LabelNumber = identifiers is [_, var number] && number.All(char.IsAsciiDigit) ? number : null;
        IsPlain = identifiers.Count == 1 || LabelNumber is not null;
    }

    /// <inheritdoc/>
    public override bool IsPrerelease => _identifiers.Count > 0;

    /// <summary>A version of these numbers; null where what follows them is neither a word nor build metadata.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="length">Where its numbers end.</param>
    /// <param name="parts">The numbers as written.</param>
    public static LooseVersion? Of(string text, int length, IReadOnlyList<string> parts)
    {
        var (core, rest) = (text[..length], text[length..]);
        var plus = rest.IndexOf('+', StringComparison.Ordinal);
        if (plus >= 0 && !AreIdentifiers(rest[(plus + 1)..])) return null;
        var suffix = plus < 0 ? rest : rest[..plus];
        if (suffix.Length == 0) return new LooseVersion(text, core, parts, "", []);
        var identifiers = IdentifiersOf(suffix);
        return identifiers is null ? null : new LooseVersion(text, core, parts, suffix.TrimStart('-', '.', '_'), identifiers);
    }

    /// <summary>The word as it is compared: <c>alpha</c> for <c>a</c>.</summary>
    public static string WordOf(string word) => Words.GetValueOrDefault(word.ToLowerInvariant(), word);

    private protected override string Key => $"{NumbersKey}-{string.Join('.', _identifiers)}";

    private protected override int CompareSame(ReleaseVersion other)
    {
        if (CompareNumbers(other) is not 0 and var order) return order;
        var theirs = ((LooseVersion)other)._identifiers;
        if (_identifiers.Count == 0 || theirs.Count == 0) return theirs.Count.CompareTo(_identifiers.Count);
        var rank = RankOf(_identifiers).CompareTo(RankOf(theirs));
        return rank != 0 ? rank : SemanticVersion.CompareIdentifiers(_identifiers, theirs);
    }

    // A development version comes before the first alpha, wherever such words are used.
    private static int RankOf(IReadOnlyList<string> identifiers) => identifiers[0] == "dev" ? 0 : 1;

    private static string[]? IdentifiersOf(string suffix)
    {
        var text = suffix.TrimStart('-', '.', '_');
        if (suffix.Length - text.Length > 1 || !AreIdentifiers(text.Replace('_', '.'))) return null;
        string[] identifiers = [.. text.Replace('_', '.').Split('.').SelectMany(WordAndNumber)];
        var isKnown = Words.ContainsKey(identifiers[0].ToLowerInvariant()) && identifiers.Length <= 2;
        if (suffix[0] != '-' && !isKnown) return null;
        identifiers[0] = WordOf(identifiers[0]);
        return identifiers;
    }

    private static bool AreIdentifiers(string text) =>
        text.AsSpan().IndexOfAnyExcept(Legal) < 0 && text.Split('.').All(part => part.Length > 0);

    // `rc1` is `rc.1`, and any other word with digits is one word, as in SemVer. Numbers lose the zeros before them.
    private static IEnumerable<string> WordAndNumber(string identifier)
    {
        var word = identifier.TrimEnd("0123456789".ToCharArray());
        if (word.Length == identifier.Length || (word.Length > 0 && !Words.ContainsKey(word.ToLowerInvariant()))) return [identifier];
        var number = identifier[word.Length..].TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0";
        return word.Length == 0 ? [number] : [word, number];
    }
}
