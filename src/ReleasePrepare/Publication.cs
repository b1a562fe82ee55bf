using ReleaseActions.Core;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.GitHub;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePrepare;

/// <summary>
/// Carries a draft out. Until origin has taken all of it, the checkout is as it was; afterwards the checkout follows, whatever happens to
/// the run.
/// </summary>
internal sealed class Publication(PreparePlan plan, Draft draft, GitRepository apart, World world, Screen screen)
{
    /// <summary>Pushes, lets the checkout follow, and opens the pull request.</summary>
    /// <returns>The pull request's address; empty where there is none.</returns>
    /// <exception cref="ActionException">Origin refuses, or cannot be reached (exit 4): nothing is changed then, there and here.</exception>
    public async Task<string> RunAsync(CancellationToken cancellation)
    {
        if (draft.Changes.Count > 0) await PushAsync(cancellation);
        if (plan.MovesCheckout) await FollowAsync();
        return plan.Pull is { } pull ? await OpenAsync(pull, cancellation) : "";
    }

    private async Task PushAsync(CancellationToken cancellation)
    {
        if (await apart.PushAsync(draft.Changes, cancellation) is { } words && !await IsThereAsync(cancellation))
            throw ActionException.Remote($"origin did not take the push: {words}", "Nothing was changed, there and here: mend what it names, and run it again");
        foreach (var change in draft.Changes) screen.Step("push", ("ref", change.Name), ("commit", change.To[..12]), ("status", "ok"));
    }

    // A line may break after origin took the push: what is there counts, not what was heard.
    private async Task<bool> IsThereAsync(CancellationToken cancellation)
    {
        try
        {
            var branches = await apart.ListRemoteBranchesAsync(cancellation);
            var tags = await apart.ListRemoteTagsAsync(cancellation);
            return draft.Changes.All(c => c.Name == $"refs/tags/{plan.Tag?.Name}" ? tags.GetValueOrDefault(plan.Tag!.Name) == draft.Commit : branches.GetValueOrDefault(c.Name["refs/heads/".Length..]) == c.To);
        }
        catch (ActionException)
        {
            return false;
        }
    }

    // Origin has it: from here on nothing stops the checkout from following, not even a signal.
    private async Task FollowAsync()
    {
        try
        {
            await world.Git.TakeOverAsync(apart, Path.Combine(world.Workspace.Scratch, "draft.bundle"), draft.Changes, plan.Commit!.Base, CancellationToken.None);
            await world.Git.FastForwardAsync(draft.Commit, [.. plan.Commit.Changes.Select(c => c.Path)], CancellationToken.None);
            screen.Step("checkout", ("branch", plan.Settings.From), ("commit", draft.Commit[..12]), ("status", "ok"));
        }
        catch (ActionException e)
        {
            world.Log.Warning(new Finding($"origin has the release, and the checkout could not follow: {e.Findings[0].Message}", $"git pull --ff-only --tags origin {plan.Settings.From}"));
        }
    }

    private async Task<string> OpenAsync(PlannedPull pull, CancellationToken cancellation)
    {
        var (found, status) = (await FindAsync(pull, cancellation), "there");
        if (found is null)
        {
            found = await TryOpenAsync(pull, cancellation) ?? await FindAsync(pull, cancellation);
            status = "ok";
        }

        if (found is null) throw ActionException.Remote($"GitHub was asked to open a pull request from {pull.Head} into {pull.Into}, and no answer came", "Run it again: the branches are pushed, and the pull request is opened then");
        screen.Step("pull-request", ("number", found.Number), ("url", found.HtmlUrl), ("status", status));
        return found.HtmlUrl;
    }

    private async Task<PullRequest?> FindAsync(PlannedPull pull, CancellationToken cancellation) =>
        (await world.GitHub.ListOpenPullRequestsAsync(cancellation)).FirstOrDefault(p => p.Base.Ref == pull.Into && world.GitHub.IsFrom(p, pull.Head));

    private Task<PullRequest?> TryOpenAsync(PlannedPull pull, CancellationToken cancellation) => world.GitHub.OpenPullRequestAsync(pull.Title, pull.Head, pull.Into, pull.Body, cancellation);
}
