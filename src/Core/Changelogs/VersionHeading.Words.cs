using System.Text.RegularExpressions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>The words around a version: whether they announce it, name a product, or make a sentence that only mentions it.</summary>
internal sealed partial record VersionHeading
{
    private static readonly char[] Around =
    [
        ' ', '\t', '(', ')', '[', ']', '{', '}', '–', '—', '-', ':', ',', '.', '|', '/', '*', '_', '~',
        '"', '\'', '«', '»', '“', '”', LinkBegin, LinkEnd,
    ];

    private static readonly char[] BetweenWords = [.. Around.Except(['-', '/', '_', '.', '\''])];

    private static readonly HashSet<string> Announcers = new(StringComparer.OrdinalIgnoreCase)
    {
        "version", "release", "ver", "rel", "tag", "v", "released", "changes",
    };

    // `Release notes for`, `What's new in`, `Changes in`: what follows is announced by them.
    private static readonly HashSet<string> Introductions = new(StringComparer.OrdinalIgnoreCase)
    {
        "release", "releases", "notes", "note", "what's", "what’s", "whats", "new", "news", "in", "change", "for", "of", "the", "changelog",
        "log", "highlights", "announcing", "introducing", "between", "from",
    };

    // `Upgrading from 1.2.3` and `Node 18.0.0 and later` mention a version; they are not the heading of its section.
    private static readonly HashSet<string> Speech = new(StringComparer.OrdinalIgnoreCase)
    {
        "about", "after", "and", "as", "at", "before", "bump", "by", "changed", "compatibility", "dropped", "fixed", "for",
        "from", "in", "into", "is", "migrate", "migrating", "migration", "need", "needs", "new", "of", "older", "on", "or",
        "prior", "require", "required", "requires", "see", "since", "than", "the", "through", "to", "until", "update",
        "updated", "updating", "upgrade", "upgraded", "upgrading", "vs", "with", "without", "removed", "added", "support", "supports",
        "are", "was", "were", "will", "has", "have", "not", "only", "if", "when", "deprecated", "drop", "install", "using",
    };

    private enum Between
    {
        Nothing,
        Comma,
        Arrow,
        Span,
    }

    // How two versions in a heading belong together.
    private static Between Link(string before, string between)
    {
        var sign = between.Trim(' ', '\t', '[', ']', '(', ')', '`', LinkBegin, LinkEnd);
        var isIntroduced = WordsIn(before).LastOrDefault()?.ToUpperInvariant() is "BETWEEN" or "FROM";
        return sign.ToUpperInvariant() switch
        {
            "→" or "->" or "=>" or "⇒" or "..." or ".." or "…" or "TO" => Between.Arrow,
            "AND" when isIntroduced => Between.Arrow,
            "," or "/" or "&" or "+" or "AND" or ", AND" => Between.Comma,
            "-" or "–" or "—" or "THROUGH" or "~" => Between.Span,
            _ => Between.Nothing,
        };
    }

    private static IEnumerable<string> WordsIn(string text) =>
        text.Split(BetweenWords, StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim(Around)).Where(w => w.Length > 0);

    private static bool IsIntroduction(string word) => Announcers.Contains(word) || Introductions.Contains(word);

    // The product's name before the version, and how sure the words before and after it leave a reader.
    private static (string? Product, Certainty) AsWords(string before, string after, bool isArrow)
    {
        var rest = AfterWords(after);
        if (before.AsSpan().Trim(Around).IsEmpty) return (null, rest);
        var isInLink = before.LastIndexOf(LinkBegin) > before.LastIndexOf(LinkEnd);
        var outside = isInLink ? before[..before.LastIndexOf(LinkBegin)] : before;
        var isGlued = before.Length > 0 && before[^1] is '@' or '-' or '/' or '_';
        var words = WordsIn(before.TrimEnd('@', '/')).Where(w => !Announcers.Contains(w)).ToList();
        // `from 1.3 to 1.4` is about 1.4; `from 1.3` is about whatever follows.
        if (words.Count == 0 || words.All(w => Introductions.Contains(w) && (isArrow || !IsOrigin(w)))) return (null, rest);
        words = [.. words.SkipWhile(w => Introductions.Contains(w) && !IsOrigin(w))];
        if (words.Count is 0 or > 3 || words.Any(Speech.Contains) || before.Contains(LinkEnd, StringComparison.Ordinal))
            return (null, Certainty.Mention);
        if (isInLink && outside.Trim(Around).Length > 0) return (null, Certainty.Mention);
        var isName = isGlued && words.Count == 1;
        return (string.Join(' ', words), isName ? rest : rest > Certainty.Worded ? Certainty.Worded : rest);
    }

    private static bool IsOrigin(string word) => word.ToUpperInvariant() is "FROM" or "BETWEEN";

    // `1.2.3 - The Heavy One` is a title, `1.2.3 and later` is speech.
    private static Certainty AfterWords(string rest)
    {
        if (rest.AsSpan().Trim(Around).IsEmpty) return Certainty.Bare;
        var words = Remarks().Replace(rest, " ").Trim(Around);
        if (words.Length == 0 || words.Equals("yanked", StringComparison.OrdinalIgnoreCase) || IsPending(words)) return Certainty.Bare;
        if (rest.AsSpan().TrimStart(" \t])*_\ue001") is ['-' or '–' or '—' or ':' or '(' or '[' or '|' or '/' or '"' or '“' or '«', ..])
            return Certainty.Titled;
        return WordsIn(words).First() is var first && Speech.Contains(first) ? Certainty.Mention : Certainty.Worded;
    }

    [GeneratedRegex(@"\([^()]*\)|\[[^\[\]]*\]|\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s*(?:UTC|Z))?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Remarks();

    [GeneratedRegex(@"\bYANKED\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Yanked();
}
