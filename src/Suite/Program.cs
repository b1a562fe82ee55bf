return await ReleaseActions.Suite.ActionList.RunAsync(args, ReleaseActions.Core.Hosting.HostEnvironment.FromProcess());
