namespace ReleaseActions.Core.Changelogs;

/// <summary>What a heading is in its changelog.</summary>
internal enum Role
{
    /// <summary>It is inside a section, or above all sections.</summary>
    Inside,

    /// <summary>It begins a section.</summary>
    Section,

    /// <summary>It may begin a section, or not.</summary>
    Unsure,
}

/// <summary>
/// How like a heading is to its file's own headings of versions: in form and rank, in words, and in the order of versions. Each is counted
/// in points, and the sum decides. Where it is neither high nor low, nobody can know, and whatever depends on it is refused.
/// </summary>
internal sealed class Likeness
{
    private const int Sure = 6;
    private const int Unlikely = 2;

    private readonly IReadOnlyList<DocumentHeading> _all;
    private readonly List<DocumentHeading> _family = [];
    private readonly HashSet<WrittenVersion> _known = [];
    private readonly HashSet<DocumentHeading> _members = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<DocumentHeading, (DocumentHeading? Before, DocumentHeading? After)> _neighbours =
        new(ReferenceEqualityComparer.Instance);

    private readonly bool _isNamed;
    private readonly bool _isDated;
    private readonly int _direction;

    public Likeness(IReadOnlyList<DocumentHeading> headings)
    {
        _all = headings;
        var styles = headings.Where(h => h.Version is { Versions.Count: > 0, IsUnreleased: false, Certainty: > Certainty.Mention })
            .GroupBy(h => (h.Form, h.Rank)).OrderByDescending(WeightOf).ThenBy(g => g.Key.Rank).ThenBy(g => g.First().Begin);
        if (styles.FirstOrDefault() is not { } style || style.Key.Form == HeadingForm.Broken) return;
        _isNamed = style.Count(h => h.Version!.Product is not null) * 2 > style.Count();
        _isDated = style.Count(h => h.Version!.DateText is not null) * 2 > style.Count();
        _family.AddRange(style.Where(h => h.Version!.IsSure || _isNamed));
        if (_family.Count == 0) _family.AddRange(style);
        _members.UnionWith(_family);
        _known.UnionWith(_family.SelectMany(h => h.Version!.Versions));
        _direction = DirectionOf(_family);
        FindNeighbours();
    }

    /// <summary>The heading that stands for the others, or null where no heading is about a version.</summary>
    public DocumentHeading? Model => _family.FirstOrDefault();

    /// <summary>What a heading is, and what says so.</summary>
    public (Role Role, Evidence? Evidence) RoleOf(DocumentHeading heading)
    {
        if (heading.Version is not { IsGroup: false } version) return (Role.Inside, null);
        if (version.IsUnreleased) return (OfUnreleased(heading), null);
        if (Model is null) return (version.Certainty == Certainty.Mention ? Role.Inside : Role.Unsure, null);
        var points = new Evidence(FormOf(heading), WordsOf(heading), OrderOf(heading), SupportOf(heading));
        return (RoleBy(points, heading, version), points);
    }

    private Role RoleBy(Evidence points, DocumentHeading heading, VersionHeading version)
    {
        if (heading.IsWrittenLike(Model!) && points.Words >= 2 && !version.IsSpan) return Role.Section;
        var fits = points.Order > 0;
        if (version.Certainty == Certainty.Mention) return fits && points.Form > 2 ? Role.Unsure : Role.Inside;
        if (heading.Form == HeadingForm.Broken || version.IsSpan) return fits ? Role.Unsure : Role.Inside;
        if (points.Sum >= Sure) return Role.Section;
        return fits || points.Sum > Unlikely ? Role.Unsure : Role.Inside;
    }

    // Distinct versions; what the format calls a heading weighs more than a line that serves as one.
    private static double WeightOf(IEnumerable<DocumentHeading> style)
    {
        var headings = style.ToList();
        var weight = headings[0].Form switch
        {
            HeadingForm.Title => 1,
            HeadingForm.Broken => 0.1,
            HeadingForm.Line => 0.3,
            _ => 0.5,
        };
        return weight * headings.GroupBy(h => h.Version!.Versions[0]).Sum(g => g.Max(h => h.Version!.IsSure ? 1 : 0.5));
    }

    // Below zero: the newest first.
    private static int DirectionOf(List<DocumentHeading> family)
    {
        var steps = family.Zip(family.Skip(1)).Where(p => p.First.Version!.Product == p.Second.Version!.Product)
            .Sum(p => Math.Sign(p.Second.Version!.Versions[0].CompareTo(p.First.Version!.Versions[0])));
        return steps > 0 ? 1 : -1;
    }

    private void FindNeighbours()
    {
        var next = 0;
        foreach (var heading in _all)
        {
            while (next < _family.Count && _family[next].Begin <= heading.Begin) next++;
            // A member of the family is not its own neighbour.
            var last = next > 0 && _family[next - 1].Begin == heading.Begin ? next - 2 : next - 1;
            if (heading.Version is null) continue;
            _neighbours[heading] = (last < 0 ? null : _family[last], next < _family.Count ? _family[next] : null);
        }
    }

    private Role OfUnreleased(DocumentHeading heading)
    {
        if (Model is null) return Role.Section;
        var (before, after) = _neighbours[heading];
        var isAtTheEdge = (_direction < 0 ? before : after) is null;
        // `### Next` in a section is a part of it; so is a line in bold.
        var isDeeper = heading.IsTitle && Model.IsTitle ? heading.Rank > Model.Rank : !heading.IsTitle && Model.IsTitle;
        if (isAtTheEdge && !(isDeeper && before is not null)) return Role.Section;
        if (isDeeper) return Role.Inside;
        var isClear = heading.Text.Contains("nreleased", StringComparison.Ordinal) || heading.Version!.Versions.Count > 0;
        return isClear ? Role.Section : Role.Unsure;
    }

    private int FormOf(DocumentHeading heading)
    {
        if (heading.IsWrittenLike(Model!)) return 3;
        // Above the first section there is none that it could be a part of.
        if (_neighbours[heading].Before is null && heading.Form != HeadingForm.Broken) return 2;
        if (heading.IsTitle) return heading.Rank < Model!.Rank || !Model.IsTitle ? 2 : 0;
        return heading.Form == HeadingForm.Bold ? 0 : -1;
    }

    private int WordsOf(DocumentHeading heading)
    {
        var version = heading.Version!;
        if (version.Certainty == Certainty.Mention) return -3;
        var dated = _isDated && version.DateText is not null ? 1 : 0;
        if (!version.IsSure) return (_isNamed && version.Product is not null ? 2 : -1) + dated;
        return (_isNamed && version.Product is null ? 1 : 2) + dated;
    }

    private int OrderOf(DocumentHeading heading)
    {
        var versions = heading.Version!.Versions;
        if (_members.Contains(heading)) return Fits(heading) ? 3 : 0;
        if (versions.Any(_known.Contains)) return -2;
        return Fits(heading) ? 3 : 0;
    }

    private bool Fits(DocumentHeading heading)
    {
        var (before, after) = _neighbours[heading];
        var version = heading.Version!.Versions[0];
        return (before is null || Math.Sign(version.CompareTo(before.Version!.Versions[^1])) == _direction)
            && (after is null || Math.Sign(after.Version!.Versions[0].CompareTo(version)) == _direction);
    }

    private int SupportOf(DocumentHeading heading)
    {
        if (heading.IsWrittenLike(Model!)) return 1;
        return Others(heading).Any() ? 1 : 0;
    }

    private readonly Dictionary<(HeadingForm, int), List<DocumentHeading>> _others = [];

    // Headings that are written like this one and fit as well.
    private IEnumerable<DocumentHeading> Others(DocumentHeading heading)
    {
        if (!_others.TryGetValue((heading.Form, heading.Rank), out var like))
        {
            like = [.. _all.Where(h => h.IsWrittenLike(heading) && h.Version is { Versions.Count: > 0, IsUnreleased: false, IsSure: true })
                .Where(h => !h.Version!.Versions.Any(_known.Contains) && Fits(h)).Take(3)];
            _others[(heading.Form, heading.Rank)] = like;
        }

        return like.Where(h => h != heading);
    }
}

/// <summary>How like a heading is to the headings of versions in its file, in points.</summary>
/// <param name="Form">For its form and rank.</param>
/// <param name="Words">For its words.</param>
/// <param name="Order">For its place in the order of versions.</param>
/// <param name="Support">For others that are written like it.</param>
internal sealed record Evidence(int Form, int Words, int Order, int Support)
{
    /// <summary>All of them.</summary>
    public int Sum => Form + Words + Order + Support;

    /// <summary>The evidence in words.</summary>
    public override string ToString() =>
        $"{Sum} points of likeness to the other headings of versions: {Form} for form and rank, {Words} for words, {Order} for order, "
        + $"{Support} for others like it";
}
