using ReleaseActions.Fuzz.Mutations;
using ReleaseActions.Fuzz.Runs;

namespace ReleaseActions.Fuzz.Kinds;

/// <summary>One kind of thing that a stranger controls.</summary>
internal abstract class FuzzKind
{
    /// <summary>All programs of the suite.</summary>
    public static readonly string[] Programs =
        ["version-validate", "changelog-extract", "image-build-push", "sbom-checksum", "release-publish", "branch-cleanup",
        "release-prepare"];

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<FuzzKind> All { get; } =
    [
        new ApiBodies(), new ApiHeaders(), new EventFile(), new DockerConfig(), new GitRepository(), new Archives(), new LockFiles(),
        new Changelogs(), new Policies(), new Manifests(), new Environments(), new SpecialFiles(),
    ];

    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Makes the case out of its random numbers.</summary>
    public abstract void Make(FuzzCase fuzz);

    /// <summary>Damages a file of the checkout.</summary>
    protected static void Damage(FuzzCase fuzz, string path) =>
        fuzz.ChangeFile($"work/{path}", content => TextMutation.Damaged(path, content, fuzz.Random));
}
