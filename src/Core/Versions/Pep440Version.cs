using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace ReleaseActions.Core.Versions;

/// <summary>A version of a Python package, in the order of PEP 440. Pure.</summary>
internal sealed class Pep440Version : ReleaseVersion
{
    // What comes before, or after, whatever a number may say.
    private static readonly (int, BigInteger) First = (int.MinValue, 0);
    private static readonly (int, BigInteger) Last = (int.MaxValue, 0);

    private readonly BigInteger _epoch;
    private readonly (int Rank, BigInteger Number) _pre;
    private readonly BigInteger? _post;
    private readonly BigInteger? _dev;
    private readonly string[] _local;

    private Pep440Version(string text, Match match, string core, string[] parts) : base(text, core, parts)
    {
        var groups = match.Groups;
        BigInteger NumberOf(string group) =>
            groups[group].Success ? BigInteger.Parse(groups[group].Value, CultureInfo.InvariantCulture) : BigInteger.Zero;
        var pre = groups["pre"].Success ? WordOf(groups["pre"].Value) : null;
        _epoch = NumberOf("epoch");
        _post = groups["post"].Success ? NumberOf("postNumber") : null;
        _dev = groups["dev"].Success ? NumberOf("devNumber") : null;
        _pre = pre is not null ? (pre[0], NumberOf("preNumber")) : _post is null && _dev is not null ? First : Last;
        _local = groups["local"].Success ? groups["local"].Value.ToLowerInvariant().Split('.', '-', '_') : [];
        var suffix = text[core.Length..].Split('+')[0];
        Prerelease = suffix.TrimStart('.', '-', '_');
        IsPrerelease = pre is not null || _dev is not null;
        Label = _dev is not null ? "dev" : pre ?? (_post is null ? "" : "post");
        IsPlain = new[] { pre is not null, _post is not null, _dev is not null }.Count(has => has) < 2;
        LabelNumber = Label.Length == 0 ? null : $"{_dev ?? (pre is null ? _post : _pre.Number)}";
        var words = (pre is null ? "" : $"{pre}{_pre.Number}") + (_post is null ? "" : $".post{_post}")
            + (_dev is null ? "" : $".dev{_dev}");
        var local = string.Join('.', _local.Select(WithoutZeros));
        Normal = (_epoch.IsZero ? "" : $"{_epoch}!") + string.Join('.', Numbers) + words + (local.Length == 0 ? "" : $"+{local}");
    }

    /// <inheritdoc/>
    public override bool IsPrerelease { get; }

    /// <inheritdoc/>
    public override bool IsPostRelease => _post is not null && !IsPrerelease;

    /// <summary>The version as PyPI shows it.</summary>
    public string Normal { get; }

    /// <summary>The version of a text that matches the grammar.</summary>
    public static Pep440Version Of(string text, Match match) =>
        new(text, match, match.Groups["core"].Value, match.Groups["release"].Value.Split('.'));

    /// <summary>A word as PyPI writes it: <c>a</c> for <c>alpha</c>.</summary>
    public static string WordOf(string word) => word.ToLowerInvariant() switch
    {
        "alpha" => "a",
        "beta" => "b",
        "c" or "pre" or "preview" => "rc",
        "r" or "rev" => "post",
        var lower => lower,
    };

    private protected override string Key =>
        $"{_epoch}!{NumbersKey}|{_pre}|{_post}|{_dev}|{string.Join('.', _local.Select(WithoutZeros))}";

    private protected override int CompareSame(ReleaseVersion other)
    {
        var their = (Pep440Version)other;
        if (_epoch.CompareTo(their._epoch) is not 0 and var byEpoch) return byEpoch;
        if (CompareNumbers(other) is not 0 and var byNumbers) return byNumbers;
        if (_pre.CompareTo(their._pre) is not 0 and var byPre) return byPre;
        // Without a post-release it comes before all of them, and without a development release after all.
        if ((_post ?? -1).CompareTo(their._post ?? -1) is not 0 and var byPost) return byPost;
        if (_dev != their._dev) return _dev is null ? 1 : their._dev is null ? -1 : _dev.Value.CompareTo(their._dev.Value);
        return CompareLocals(_local, their._local);
    }

    // Numbers after words, and the shorter one first.
    private static int CompareLocals(string[] left, string[] right)
    {
        foreach (var (mine, other) in left.Zip(right))
        {
            var (isNumber, isOtherNumber) = (mine.All(char.IsAsciiDigit), other.All(char.IsAsciiDigit));
            if (isNumber != isOtherNumber) return isNumber ? 1 : -1;
            var order = isNumber
                ? BigInteger.Parse(mine, CultureInfo.InvariantCulture).CompareTo(BigInteger.Parse(other, CultureInfo.InvariantCulture))
                : string.CompareOrdinal(mine, other);
            if (order != 0) return order;
        }

        return left.Length.CompareTo(right.Length);
    }

    private static string WithoutZeros(string segment) =>
        segment.All(char.IsAsciiDigit) ? $"{BigInteger.Parse(segment, CultureInfo.InvariantCulture)}" : segment;
}
