using ReleaseActions.Core;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

// The rules about files: manifests and the changelog.
internal static partial class ReleaseRules
{
    public static RuleResult Manifest(string file, ManifestVersion found, ValidationFacts facts)
    {
        var name = found.Key == "*" ? file : $"{file}#{found.Key}";
        var (rule, version) = ($"{name} agrees", facts.Release.Version);
        if (found.Version is null)
        {
            var refusal = new Finding($"{name}: {found.Problem}", found.Remedy, file, found.Line);
            return new RuleResult(rule, "", refusal) { ExitCode = ExitCode.BadInput };
        }

        if (ManifestPlace.Parse(file).Means(found.Version, version, facts.Request.Order))
            return RuleResult.Kept(rule, Markdown.Code(found.Version));
        var message = $"{name} has '{found.Version}', and the release is '{version}'";
        return RuleResult.Broken(rule, message, $"Set it to {version} in the commit that is tagged", (file, found.Line));
    }

    public static RuleResult Section(ChangelogFact fact, ValidationFacts facts)
    {
        const string Rule = "changelog section";
        var (path, version) = (fact.Path, facts.Release.Version);
        if (!fact.Exists)
            return RuleResult.Broken(
                Rule, $"There is no changelog at '{path}'", "Write it, or name another file under `changelog.path` of the policy",
                facts.Request.Policy.PlaceOf("changelog.path"));
        if (fact.Sections.Count == 0)
        {
            var product = facts.Request.ProductOfSections is { } shared ? $"{shared}@" : "";
            var remedy = $"Add `## [{product}{version}] - YYYY-MM-DD` with what changed";
            return RuleResult.Broken(Rule, $"{path} has no section for {version}", remedy, (path, 1));
        }

        if (fact.Sections.Count > 1)
        {
            var lines = string.Join(", ", fact.Sections.Select(s => s.Line));
            var message = $"{path} has {fact.Sections.Count} sections for {version}, on the lines {lines}";
            return RuleResult.Broken(Rule, message, "Keep one of them", (path, fact.Sections[1].Line));
        }

        var section = fact.Sections[0];
        if (!section.IsEmpty) return RuleResult.Kept(Rule, $"{Markdown.Code(section.Heading)}, line {section.Line}");
        const string Remedy = "Write below its heading what changed";
        return RuleResult.Broken(Rule, $"The section of {version} in {path} is empty", Remedy, (path, section.Line));
    }

    public static RuleResult Link(ChangelogFact fact, ValidationFacts facts)
    {
        const string Rule = "compare link";
        var (path, release) = (fact.Path, facts.Release);
        var previous = fact.Begin ?? ReleaseTag.Before(release.Version, facts.Tags, facts.Request.Order, fact.Versions);
        if (previous is null) return RuleResult.Kept(Rule, "a first release has nothing to compare with");
        var wanted = $"ends with /compare/{previous.Name}...{release.Name}";
        if (fact.Sections.Count == 0)
        {
            var message = $"{path} has no section for {release.Version} that could have a compare link";
            return RuleResult.Broken(Rule, message, $"Add the section and its link, which {wanted}", fact.Exists ? (path, 1) : default);
        }

        if (fact.Link is not { } link)
            return RuleResult.Broken(
                Rule, $"The section of {release.Version} has no compare link", $"Add one that {wanted}", (path, fact.Sections[0].Line));
        return link.Complaint(path, previous, release) is { } refusal
            ? new RuleResult(Rule, "", refusal) : RuleResult.Kept(Rule, Markdown.Code($"{link.From}...{link.To}"));
    }
}
