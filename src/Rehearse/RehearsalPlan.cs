using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Rehearse;

/// <summary>What is known before the first step.</summary>
/// <param name="Name"><c>owner/name</c> on GitHub.</param>
/// <param name="Tag">The tag to release.</param>
/// <param name="Commit">The commit it names, 40 hex digits.</param>
/// <param name="Policy">The policy at that commit.</param>
/// <param name="Registry">The registry and path for images.</param>
internal sealed record RehearsalFacts(string Name, string Tag, string Commit, ReleasePolicy Policy, string Registry);

/// <summary>One action, with the inputs a workflow would give it. <c>${{ step.output }}</c> is filled in when its turn comes.</summary>
/// <param name="Action">The action's name, which is also its program's.</param>
/// <param name="Inputs">What stands under <c>with:</c>.</param>
/// <param name="Skipped">Why it is not played, or null.</param>
internal sealed record RehearsalStep(string Action, IReadOnlyDictionary<string, string> Inputs, string? Skipped = null);

/// <summary>The steps of a release, as the example workflow of the README has them. Pure.</summary>
internal sealed record RehearsalPlan(IReadOnlyList<RehearsalStep> Steps)
{
    public static RehearsalPlan For(RehearsalFacts facts)
    {
        var policy = facts.Policy;
        return new RehearsalPlan(
        [
            new RehearsalStep("version-validate", With()),
            new RehearsalStep("changelog-extract", With(("version", "${{ version-validate.version }}"))),
            new RehearsalStep(
                "image-build-push", With(("version", "${{ version-validate.version }}"), ("registry", facts.Registry)),
                WhyNoImages(policy)),
            new RehearsalStep(
                "sbom-checksum", With(("version", "${{ version-validate.version }}")),
                policy.Artifacts.Files.Count == 0 ? "the policy names no files" : null),
            new RehearsalStep("release-publish", With(
                ("tag", "${{ version-validate.tag }}"), ("name", "${{ changelog-extract.title }}"),
                ("body-path", "${{ changelog-extract.notes-file }}"), ("files", "${{ sbom-checksum.files }}"))),
            new RehearsalStep("branch-cleanup", With(("branch", "${{ version-validate.release-branch }}"), ("release-succeeded", "true"))),
        ]).Of(policy.Product);
    }

    public string ToMarkdown(RehearsalFacts facts)
    {
        var rows = Steps.Select((s, i) => (string[])[$"{i + 1}", s.Action, s.Skipped is null ? "" : $"skipped: {Markdown.Text(s.Skipped)}"]);
        return $"""
            # Rehearsal of {Markdown.Text(facts.Tag)} of {Markdown.Text(facts.Name)}

            Commit {Markdown.Code(facts.Commit[..12])}; images go to {Markdown.Code(facts.Registry)}.

            {Markdown.Table(["", "step", ""], rows)}
            """;
    }

    private RehearsalPlan Of(string? product) =>
        product is null ? this : new RehearsalPlan([.. Steps.Select(s => s with { Inputs = new Dictionary<string, string>(s.Inputs) { ["product"] = product } })]);

    // The registry of a rehearsal stands in place of the policy's; what an image names itself would be pushed there, for everybody.
    private static string? WhyNoImages(ReleasePolicy policy) => policy.Images.Count == 0 ? "the policy names no images"
        : policy.Images.FirstOrDefault(i => ImageReference.NamesRegistry(i.Name.ToLowerInvariant())) is { } own ? $"the image {own.Name} names a registry of its own, and nothing may leave this machine"
        : null;

    private static Dictionary<string, string> With(params ReadOnlySpan<(string Name, string Value)> inputs)
    {
        var with = new Dictionary<string, string>();
        foreach (var (name, value) in inputs) with[name] = value;
        return with;
    }
}
