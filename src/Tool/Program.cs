using ReleaseActions.Core.Hosting;
using ReleaseActions.Rehearse;
using ReleaseActions.Suite;

// A rehearsal starts this same program for each step.
return await new ActionList(("rehearse", () => new RehearseAction(Path.Combine(AppContext.BaseDirectory, "release-actions-tool.dll"))))
    .RunAsync(args, HostEnvironment.FromProcess());
