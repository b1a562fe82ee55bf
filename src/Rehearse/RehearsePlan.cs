using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Registries;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.Rehearse;

/// <summary>One action, with the inputs a workflow would give it. <c>${{ step.output }}</c> is filled in before it runs.</summary>
/// <param name="Action">The action's name, which is also its program's.</param>
/// <param name="Inputs">What a workflow has under <c>with:</c>.</param>
/// <param name="Skipped">Why it is not run, or null.</param>
internal sealed record RehearsalStep(string Action, IReadOnlyDictionary<string, string> Inputs, string? Skipped = null);

/// <summary>The steps of a release, in the order of the README's workflow. Pure.</summary>
internal sealed record RehearsePlan(RehearseRequest Request, RehearseFacts Facts, IReadOnlyList<RehearsalStep> Steps) : IPlan
{
    /// <summary>A placeholder for the sandbox's registry, whose port is known once it listens.</summary>
    public const string SandboxRegistry = "${{ sandbox.registry }}";

    private const string Version = "${{ version-validate.version }}";
    private const string Words = "rehearsal";

    public IReadOnlyList<Finding> Refusals => Facts.FolderInUse is { } folder ? [InUse(folder)] : [];

    public ExitCode RefusalCode => ExitCode.BadInput;

    /// <summary>The message of a tag that is made for the rehearsal, as the policy asks its authors to write it.</summary>
    public string TagMessage
    {
        get
        {
            var (tag, rules) = (Facts.Tag, Facts.Policy.Version);
            var release = ReleaseTag.Require(tag, rules.TagPrefix, rules.Scheme);
            var line = rules.TagLineOf(release)?.Replace("*", Words, StringComparison.Ordinal) ?? $"Release {tag}";
            if (!rules.IsRecovery(release.Version)) return line;
            var recovery = new RecoveryRequest(IsAsked: true, "1", Words, RecoveryRequest.Phrase(release.Version));
            return $"{line}\n\n{string.Join('\n', recovery.TagLines(release.Version))}";
        }
    }

    public static RehearsePlan For(RehearseRequest request, RehearseFacts facts)
    {
        var (policy, product) = (facts.Policy, facts.Policy.Product);
        RehearsalStep Step(string action, string? skipped, params ReadOnlySpan<(string Name, string Value)> with)
        {
            var inputs = new Dictionary<string, string>();
            foreach (var (name, value) in with) inputs[name] = value;
            if (product is not null) inputs["product"] = product;
            return new RehearsalStep(action, inputs, skipped);
        }

        return new RehearsePlan(request, facts,
        [
            Step("version-validate", null),
            Step("changelog-extract", null, ("version", Version)),
            Step("image-build-push", WhyNoImages(policy), ("version", Version), ("registry", request.Registry ?? SandboxRegistry)),
            Step("sbom-checksum", policy.Artifacts.Files.Count == 0 ? "the policy names no files" : null, ("version", Version)),
            Step(
                "release-publish", null, ("tag", "${{ version-validate.tag }}"), ("name", "${{ changelog-extract.title }}"),
                ("body-path", "${{ changelog-extract.notes-file }}"),
                ("files", policy.Artifacts.Files.Count == 0 ? "none" : "${{ sbom-checksum.files }}")),
            Step("branch-cleanup", null, ("branch", "${{ version-validate.release-branch }}"), ("release-succeeded", "true")),
        ]);
    }

    // A rehearsal that runs shows each step as it comes: a table of what was planned would only hide the table of what was done.
    public string ToMarkdown()
    {
        if (!Request.IsDryRun) return "";
        var rows = Steps.Select((s, i) => (string[])[$"{i + 1}", s.Action, s.Skipped is { } why ? $"skipped: {Markdown.Text(why)}" : ""]);
        var commit = Facts.Commit is { } sha ? $"Commit {Markdown.Code(sha[..12])}" : "The sample's commit is yet to be made";
        var registry = Request.Registry is { } named ? Markdown.Code(named) : "the sandbox's registry";
        return $"""
            # Rehearsal of {Markdown.Text(Facts.Tag)} of {Markdown.Text(Facts.Name)}

            {commit}; images go to {registry}.

            {Markdown.Table(["", "step", ""], rows)}
            """;
    }

    public void WriteTo(Log log)
    {
        if (!Facts.TagExists) log.Step("tag", ("tag", Facts.Tag), ("commit", Facts.Commit), ("status", "only-in-the-copy"));
    }

    private static Finding InUse(string folder) =>
        new($"The folder '{folder}' holds other files, and a rehearsal clears its folder", "Name a new or an empty folder with --output");

    // The rehearsal's registry replaces the policy's. An image that names a registry itself would be pushed there, for everybody.
    private static string? WhyNoImages(ReleasePolicy policy) => policy.Images.Count == 0 ? "the policy names no images"
        : policy.Images.FirstOrDefault(i => ImageReference.NamesRegistry(i.Name.ToLowerInvariant())) is { } image
            ? $"the image {image.Name} names its registry, and nothing may leave this machine"
        : null;
}
