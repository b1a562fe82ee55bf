using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePrepare;

/// <summary>Lets the checkout follow what origin has taken: the branch on a laptop, on a runner the files alone.</summary>
internal sealed class CheckoutStep(PreparePlan plan, Writers writers, Screen screen)
{
    /// <summary>
    /// Moves the branch. Origin has the release: nothing stops the checkout from following, not even a signal, and its failure is a
    /// warning.
    /// </summary>
    public async Task RunAsync()
    {
        foreach (var file in plan.UpdatesFiles ? plan.Commit!.Changes : []) writers.Files.WriteText(file.Path, file.Text);
        if (!plan.MovesCheckout) return;
        try
        {
            await TakeOverAsync();
            await FastForwardAsync();
            screen.Step("checkout", ("branch", plan.Request.From), ("commit", plan.Draft.Commit[..12]), ("status", "ok"));
        }
        catch (ActionException e)
        {
            var problem = $"origin has the release, and the checkout could not follow: {e.Findings[0].Message}";
            writers.Log.Warning(new Finding(problem, $"git pull --ff-only --tags origin {plan.Request.From}"));
        }
    }

    // Objects, the tag and the remote branch, all or none.
    private async Task TakeOverAsync()
    {
        var drafts = writers.Git.Apart;
        var bundle = Path.Combine(writers.Files.Scratch, "draft.bundle");
        var changes = plan.Draft.Changes;
        foreach (var change in changes) await drafts.RunAsync(["update-ref", change.Ref, change.To], CancellationToken.None);
        // Not from its folder: git would start the other side through a shell, which the image does not have.
        string[] packed = [.. changes.Select(c => c.Ref), $"^{plan.Commit!.Base}"];
        await drafts.RunAsync(["bundle", "create", "--quiet", bundle, .. packed], CancellationToken.None);
        string[] fetched = [.. changes.Select(c => c.IsTag ? $"{c.Ref}:{c.Ref}" : $"+{c.Ref}:refs/remotes/origin/{c.Name}")];
        string[] options = ["--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--atomic", "--end-of-options"];
        await writers.Git.RunAsync(["fetch", .. options, bundle, .. fetched], CancellationToken.None);
    }

    // A file that somebody changed meanwhile stops it before anything is written.
    private async Task FastForwardAsync()
    {
        var withoutFilters = await writers.Git.Repository.WithoutFiltersAsync(CancellationToken.None);
        string[] merge = ["merge", "--quiet", "--ff-only", "--no-verify-signatures", plan.Draft.Commit];
        await writers.Git.RunAsync(merge, CancellationToken.None, variables: withoutFilters);
        foreach (var file in plan.Commit!.Changes) writers.Files.GiveBack(file.Path);
    }
}
