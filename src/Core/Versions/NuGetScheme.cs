using NuGet.Versioning;

namespace ReleaseActions.Core.Versions;

/// <summary>The versions of NuGet packages, as NuGet itself reads and sorts them.</summary>
internal sealed class NuGetScheme : VersionScheme
{
    /// <inheritdoc/>
    public override string Name => "nuget";

    /// <inheritdoc/>
    public override string Form => "NuGet's versions have one to four numbers, such as 1.2.3.4 or 1.2.3-rc.1";

    /// <inheritdoc/>
    public override bool HasFixedOrder => true;

    /// <inheritdoc/>
    public override string Word(string word) => word.ToLowerInvariant();

    /// <inheritdoc/>
    public override ReleaseVersion? Find(string text)
    {
        if (text.Length is 0 or > ReleaseVersion.MostCharacters || !char.IsAsciiDigit(text[0]) || text.Any(char.IsWhiteSpace)) return null;
        return NuGetVersion.TryParse(text, out var version) ? new Version(text, version) : null;
    }

    /// <inheritdoc/>
    internal override (string Wrong, string? Meant)? Complaint(string text)
    {
        var isTooLarge = text.Split('.', '-', '+').Take(4).Any(n => n.Length > 9 && n.All(char.IsAsciiDigit) && !int.TryParse(n, out _));
        return base.Complaint(text) is { } complaint ? (isTooLarge ? ("NuGet holds no number over 2147483647", null) : complaint) : null;
    }

    private sealed class Version : ReleaseVersion
    {
        private readonly NuGetVersion _version;

        public Version(string text, NuGetVersion version) : this(text, version, text.Split('-', '+')[0])
        {
        }

        private Version(string text, NuGetVersion version, string core) : base(text, core, core.Split('.'))
        {
            (_version, Prerelease) = (version, version.Release);
            var words = Prerelease.ToLowerInvariant().Split('.');
            var word = words[0].TrimEnd("0123456789".ToCharArray()) is { Length: > 0 } letters ? letters : words[0];
            var glued = words[0][word.Length..];
            Label = word;
            LabelNumber = words switch
            {
                [_] when glued.Length > 0 => glued,
                [_, var number] when glued.Length == 0 && number.All(char.IsAsciiDigit) => number,
                _ => null,
            };
            IsPlain = words.Length == 1 || LabelNumber is not null;
        }

        /// <inheritdoc/>
        public override bool IsPrerelease => _version.IsPrerelease;

        private protected override string Key => $"{NumbersKey}-{_version.Release.ToUpperInvariant()}";

        private protected override int CompareSame(ReleaseVersion other) =>
            VersionComparer.VersionRelease.Compare(_version, ((Version)other)._version);
    }
}
