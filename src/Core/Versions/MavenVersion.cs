using System.Numerics;

namespace ReleaseActions.Core.Versions;

/// <summary>
/// A version of a Maven artifact. It is a list of tokens, each a number or a word with the separator before it; a change between digits and
/// letters separates like a hyphen. Pure.
/// </summary>
internal sealed class MavenVersion : ReleaseVersion
{
    private const string Stable = "";

    // What Maven knows, lowest first. Any other word comes after them.
    private static readonly string[] Ranks = ["alpha", "beta", "milestone", "rc", "snapshot", Stable, "sp"];

    private readonly IReadOnlyList<Token> _tokens;

    private MavenVersion(string text, string core, string[] parts, IReadOnlyList<Token> tokens) : base(text, core, parts)
    {
        _tokens = tokens;
        var suffix = text[core.Length..];
        Prerelease = suffix.TrimStart('.', '-', '_');
        if (Prerelease.Length == 0) return;
        var words = TokensOf(Prerelease).SkipWhile(t => t.Word.Length == 0 && t.Number.IsZero).ToList();
        Label = words is [{ IsNumber: false } first, ..] ? first.Word : Prerelease.ToLowerInvariant();
        LabelNumber = words is [_, { IsNumber: true } second] ? $"{second.Number}" : null;
        IsPlain = words.Count < 2 || LabelNumber is not null;
        var order = Compare(_tokens, Trimmed(TokensOf(core)));
        (IsPrerelease, IsPostRelease) = (order < 0, order > 0);
    }

    /// <inheritdoc/>
    public override bool IsPrerelease { get; }

    /// <inheritdoc/>
    public override bool IsPostRelease { get; }

    /// <summary>
    /// Reads a version; null where a text does not begin with a number, or has characters that no path of a repository has.
    /// </summary>
    public static MavenVersion? Read(string text)
    {
        if (text.Length == 0 || !char.IsAsciiDigit(text[0])) return null;
        if (!text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+')) return null;
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || IsDotBetween(text, end))) end++;
        var numbers = text[..end];
        // `1.0.Final` is 1.0: what means nothing to the order belongs to the stable version's text.
        var rest = text[end..];
        var core = WordOf(rest.TrimStart('.', '-')).Length == 0 && rest.TrimStart('.', '-').Length > 0 ? text : numbers;
        return new MavenVersion(text, core, numbers.Split('.'), Trimmed(TokensOf(text)));
    }

    /// <summary>A word as it is compared: <c>rc</c> for <c>CR</c>, nothing for <c>Final</c>.</summary>
    public static string WordOf(string word) => word.ToLowerInvariant() switch
    {
        "cr" => "rc",
        "ga" or "final" or "release" => Stable,
        var lower => lower,
    };

    private protected override string Key => string.Concat(_tokens.Select(t => $"{t.Separator}{(t.IsNumber ? $"{t.Number}" : t.Word)}"));

    private protected override int CompareSame(ReleaseVersion other) => Compare(_tokens, ((MavenVersion)other)._tokens);

    private static bool IsDotBetween(string text, int at) =>
        text[at] == '.' && at > 0 && at + 1 < text.Length && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1]);

    // The shorter one goes on with tokens that mean nothing.
    private static int Compare(IReadOnlyList<Token> left, IReadOnlyList<Token> right)
    {
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            var mine = i < left.Count ? left[i] : Token.NothingLike(right[i]);
            var other = i < right.Count ? right[i] : Token.NothingLike(left[i]);
            if (mine.CompareTo(other) is not 0 and var order) return order;
        }

        return 0;
    }

    // Trailing zeros and words that mean nothing, at the end and before each hyphen.
    private static List<Token> Trimmed(List<Token> tokens)
    {
        for (var i = tokens.Count - 1; i > 0;)
        {
            if (!tokens[i].IsNothing)
            {
                while (i > 0 && tokens[i].Separator != '-') i--;
                i--;
                continue;
            }

            tokens.RemoveAt(i--);
        }

        return tokens;
    }

    private static List<Token> TokensOf(string text)
    {
        var tokens = new List<Token>();
        var separator = '\0';
        for (var at = 0; at <= text.Length;)
        {
            var end = at;
            while (end < text.Length && text[end] is not ('.' or '-') && IsDigit(text, end) == IsDigit(text, at)) end++;
            var isWord = end > at && !IsDigit(text, at);
            var isBeforeNumber = end < text.Length && char.IsAsciiDigit(text[end]);
            tokens.Add(isWord ? new Token(separator, LongWord(text[at..end], isBeforeNumber), 0)
                : Token.OfNumber(separator, text[at..end]));
            if (end >= text.Length) break;
            var isSeparated = text[end] is '.' or '-';
            separator = isSeparated ? text[end] : '-';
            at = isSeparated ? end + 1 : end;
        }

        return tokens;
    }

    private static bool IsDigit(string text, int at) => char.IsAsciiDigit(text[at]);

    private static string LongWord(string word, bool isBeforeNumber) => (word.ToLowerInvariant(), isBeforeNumber) switch
    {
        ("a", true) => "alpha",
        ("b", true) => "beta",
        ("m", true) => "milestone",
        _ => WordOf(word),
    };

    private readonly record struct Token(char Separator, string? Text, BigInteger Number) : IComparable<Token>
    {
        public bool IsNumber => Text is null;

        public string Word => Text ?? "";

        public bool IsNothing => IsNumber ? Number.IsZero : Word.Length == 0;

        public static Token OfNumber(char separator, string digits) =>
            new(separator, null, digits.Length == 0 ? 0 : BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture));

        public static Token NothingLike(Token other) =>
            other.Separator == '.' && other.IsNumber ? OfNumber('.', "") : new Token(other.Separator, Stable, 0);

        public int CompareTo(Token other)
        {
            var kind = KindOf(this).CompareTo(KindOf(other));
            if (kind != 0) return kind;
            if (IsNumber) return Number.CompareTo(other.Number);
            var rank = RankOf(Word).CompareTo(RankOf(other.Word));
            return rank != 0 ? rank : string.CompareOrdinal(Word, other.Word);
        }

        // A word after a dot, one after a hyphen, then a number after a hyphen, and one after a dot.
        private static int KindOf(Token token) => token.IsNumber ? (token.Separator == '-' ? 2 : 3) : token.Separator == '.' ? 0 : 1;

        private static int RankOf(string word) => Array.IndexOf(Ranks, word) is >= 0 and var rank ? rank : Ranks.Length;
    }
}
