using ReleaseActions.Core;
using ReleaseActions.Core.Git;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.ReleasePrepare;

/// <summary>Pushes the release: all of its refs, or none. Until origin has taken them, the checkout is unchanged.</summary>
internal sealed class PushStep(PreparePlan plan, Writers writers, Screen screen)
{
    private readonly GitWriter _drafts = writers.Git.Apart;

    /// <exception cref="ActionException">
    /// Origin refuses, and nothing is changed then, there and here; or it cannot be asked (exit 4).
    /// </exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var changes = plan.Draft.Changes;
        if (changes.Count == 0) return;
        var pushed = await _drafts.PushAsync([.. changes.Select(c => (c.Ref, c.From, c.To))], isAtomic: true, cancellation);
        if (pushed.FirstOrDefault(p => p.Status == PushStatus.Unknown) is { } unknown)
            throw ActionException.Remote(
                $"It is not known whether origin took the push: {unknown.Reason}", "Run it again: it continues from what origin has");
        if (pushed.Any(p => !p.IsDone))
            throw ActionException.Remote(
                $"origin did not take the push: {RefChange.ReasonOf(pushed)}",
                pushed.Select(p => p.Remedy).FirstOrDefault(r => r is not null)
                    ?? "Nothing was changed, there and here: fix what it names, and run it again");
        foreach (var (change, outcome) in changes.Zip(pushed))
            screen.Step("push", ("ref", change.Ref), ("commit", change.To[..12]), ("status", outcome.Word));
    }
}
