using ReleaseActions.Core;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>The rules about files: manifests and the changelog.</summary>
internal static class FileRules
{
    public static Verdict Manifest(ManifestFact fact, ValidationFacts facts)
    {
        var (rule, version) = ($"{fact.Place} agrees", facts.Release.Version);
        if (fact.Version is null)
            return new Verdict(rule, "", new Finding($"{fact.Place}: {fact.Problem}", fact.Remedy, fact.File, fact.Line)) { Cause = ExitCode.BadInput };
        if (ManifestPlace.Parse(fact.File).Means(fact.Version, version, facts.Terms.Order)) return Verdict.Kept(rule, Markdown.Code(fact.Version));
        return Verdict.Broken(rule, $"{fact.Place} says '{fact.Version}', and the release is '{version}'", $"Set it to {version} in the commit that is tagged", (fact.File, fact.Line));
    }

    public static Verdict Section(ChangelogFact fact, ValidationFacts facts)
    {
        const string Rule = "changelog section";
        var version = facts.Release.Version;
        if (!fact.IsThere) return Verdict.Broken(Rule, $"There is no changelog at '{fact.Path}'", "Write it, or name another file under `changelog.path` of the policy", facts.Terms.Policy.PlaceOf("changelog.path"));
        if (fact.Sections.Count == 0) return Verdict.Broken(Rule, $"{fact.Path} has no section for {version}", $"Add `## [{(facts.Terms.ProductOfSections is { } product ? $"{product}@" : "")}{version}] - YYYY-MM-DD` with what changed", (fact.Path, 1));
        if (fact.Sections.Count > 1)
            return Verdict.Broken(Rule, $"{fact.Path} has {fact.Sections.Count} sections for {version}, on the lines {string.Join(", ", fact.Sections.Select(s => s.Line))}", "Keep one of them", (fact.Path, fact.Sections[1].Line));
        var section = fact.Sections[0];
        return section.IsEmpty
            ? Verdict.Broken(Rule, $"The section of {version} in {fact.Path} is empty", "Write below its heading what changed", (fact.Path, section.Line))
            : Verdict.Kept(Rule, $"{Markdown.Code(section.Heading)}, line {section.Line}");
    }

    public static Verdict Link(ChangelogFact fact, ValidationFacts facts)
    {
        const string Rule = "compare link";
        var previous = fact.Begin ?? ReleaseTag.Before(facts.Release.Version, facts.Tags, facts.Terms.Order, fact.Told);
        var wanted = $"/compare/{previous?.Name}...{facts.Release.Name}";
        if (previous is null) return Verdict.Kept(Rule, "a first release has nothing to compare with");
        if (fact.Sections.Count == 0) return Verdict.Broken(Rule, $"{fact.Path} has no section for {facts.Release.Version} that could have a compare link", $"Add the section and its link, which ends with {wanted}", (fact.IsThere ? fact.Path : null, fact.IsThere ? 1 : null));
        if (fact.Link is not { } found) return Verdict.Broken(Rule, $"The section of {facts.Release.Version} has no compare link", $"Add one that ends with {wanted}", (fact.Path, fact.Sections[0].Line));
        return found.Complaint(fact.Path, previous, facts.Release) is { } complaint ? new Verdict(Rule, "", complaint) : Verdict.Kept(Rule, Markdown.Code($"{found.Link.From}...{found.Link.To}"));
    }
}
