using ReleaseActions.BranchCleanup;
using ReleaseActions.ChangelogExtract;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Text;
using ReleaseActions.ImageBuildPush;
using ReleaseActions.ReleasePrepare;
using ReleaseActions.ReleasePublish;
using ReleaseActions.SbomChecksum;
using ReleaseActions.VersionValidate;

namespace ReleaseActions.Suite;

/// <summary>
/// All actions in one program, so that they share one runtime and a job that uses several of them pulls it once. The name under which
/// the program was started selects the action; under its own name, the first argument does.
/// </summary>
/// <param name="more">What a program has beside the actions.</param>
internal sealed class ActionList(params (string Name, Func<ReleaseAction> New)[] more)
{
    private readonly (string Name, Func<ReleaseAction> New)[] _actions =
    [
        ("version-validate", () => new VersionValidateAction()),
        ("changelog-extract", () => new ChangelogExtractAction()),
        ("image-build-push", () => new ImageBuildPushAction()),
        ("sbom-checksum", () => new SbomChecksumAction()),
        ("release-publish", () => new ReleasePublishAction()),
        ("branch-cleanup", () => new BranchCleanupAction()),
        ("release-prepare", () => new ReleasePrepareAction()),
        .. more,
    ];

    /// <summary>Runs the selected action to its end, or prints which there are. The result is the process's exit code.</summary>
    public async Task<int> RunAsync(string[] arguments, HostEnvironment environment)
    {
        if (Find(environment.ProgramName) is { } called) return await ActionHost.RunAsync(called(), arguments);
        if (arguments is [var first, .. var rest] && Find(first) is { } named) return await ActionHost.RunAsync(named(), rest);
        return (int)Answer(arguments, environment.Output);
    }

    /// <summary>What the program prints when no action is selected.</summary>
    public ExitCode Answer(string[] arguments, TextWriter output)
    {
        if (arguments is ["--version"]) return Print(output, $"release-actions {SuiteVersion.Full}\n");
        if (arguments is [] or ["--help" or "-h" or "-?" or "help"]) return Print(output, Overview());
        output.Write($"error: '{PlainText.Inert(arguments[0])}' is not an action\n");
        if (Spelling.Nearest(arguments[0], _actions.Select(a => a.Name)) is { } nearest) output.Write($"Did you mean {nearest}?\n");
        output.Write("Type `release-actions --help` for the list.\n");
        return ExitCode.BadInput;
    }

    private Func<ReleaseAction>? Find(string name) => _actions.FirstOrDefault(a => a.Name == name).New;

    private string Overview() =>
        "usage: release-actions ACTION [--FLAG VALUE …]\n\n"
        + string.Concat(_actions.Select(a => $"  {a.Name,-18} {a.New().Description}\n"))
        + "\nType `release-actions ACTION --help` for its flags.\n";

    private static ExitCode Print(TextWriter output, string text)
    {
        output.Write(text);
        return ExitCode.Done;
    }
}
