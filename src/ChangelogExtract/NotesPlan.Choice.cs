using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.ChangelogExtract;

/// <summary>Which notes are taken, or why none are.</summary>
internal sealed partial record NotesPlan
{
    // Called where nothing is refused.
    private static (ChangelogSection? Section, string Source, string Notes) Choose(NotesFacts facts)
    {
        if (facts.Sections is [var only]) return (only, "changelog", only.Body);
        var (source, notes) = facts.Fallback!.Value;
        return (source == "unreleased" ? facts.Unreleased : null, source, notes);
    }

    private static Finding? RefusalOf(NotesRequest request, NotesFacts facts) => facts.Sections switch
    {
        [_, var second, ..] => TooMany(request, facts, second),
        [{ IsEmpty: true } empty] => new Finding(
            $"The section for {request.Release.Version} is empty",
            "Write what changed, or remove the heading to have notes made from the commits", facts.Path, empty.Line),
        [{ Refusal: { } refusal }] => refusal with { File = facts.Path },
        [_] => null,
        [] when facts.Fallback is null => Missing(request, facts),
        [] when facts is { Fallback.Source: "unreleased", Unreleased.Refusal: { } refusal } => refusal with { File = facts.Path },
        [] => null,
    };

    private static Finding TooMany(NotesRequest request, NotesFacts facts, ChangelogSection second)
    {
        var products = facts.Sections.Select(s => s.Product).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var named = products.Count > 1 ? $": {string.Join(", ", products)}" : "";
        return new Finding(
            $"{facts.Path} has {facts.Sections.Count} sections for {request.Release.Version}{named}",
            products.Count > 1 ? "Name one with the input `product`" : "Keep one of them", facts.Path, second.Line);
    }

    private static string Remedy(NotesRequest request, string heading) =>
        request.HasFallback ? $"Add a section {heading}" : $"Add a section {heading}, or name other sources with `fallback`";

    private static Finding Missing(NotesRequest request, NotesFacts facts)
    {
        if (facts.Changelog is not { } changelog)
            return new Finding(
                $"There is no changelog at '{facts.Path}', and no other source has notes",
                "Name the changelog with `path`, or other sources with `fallback`", facts.Path);
        if (facts.Named is { } named) return named with { File = facts.Path };
        var latest = string.Join(", ", changelog.Sections.Where(s => !s.IsUnreleased).Take(5).Select(s => s.VersionText));
        var heading = $"## [{(changelog.Product is { } product ? $"{product}@" : "")}{request.Release.Version}]";
        var isWritten = changelog.Sections.FirstOrDefault(s => s.IsUnreleased) is { IsEmpty: false };
        return new Finding(
            $"{facts.Path} has no section for {request.Release.Version}{(latest.Length == 0 ? "" : $"; its latest are {latest}")}",
            isWritten ? $"Rename the heading of Unreleased to {heading} with today's date" : Remedy(request, heading), facts.Path, 1);
    }
}
