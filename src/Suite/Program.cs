return await new ReleaseActions.Suite.ActionList().RunAsync(args, ReleaseActions.Core.Hosting.HostEnvironment.FromProcess());
