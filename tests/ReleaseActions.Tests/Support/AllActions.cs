using ReleaseActions.BranchCleanup;
using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core.Hosting;
using ReleaseActions.ImageBuildPush;
using ReleaseActions.ReleasePrepare;
using ReleaseActions.ReleasePublish;
using ReleaseActions.SbomChecksum;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Tests.Support;

/// <summary>Every action of the suite: for the house rules, the golden files and the hostile-input tests.</summary>
public static class AllActions
{
    public static IReadOnlyList<IAction> List { get; } =
    [
        new VersionValidateAction(),
        new ChangelogExtractAction(),
        new ImageBuildPushAction(),
        new SbomChecksumAction(),
        new ReleasePublishAction(),
        new BranchCleanupAction(),
        new ReleasePrepareAction(),
    ];

    public static TheoryData<string> Names => [.. List.Select(a => a.Name)];

    public static IAction Named(string name) => List.Single(a => a.Name == name);
}
