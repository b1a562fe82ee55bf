return await ReleaseActions.Core.Hosting.ActionHost.RunAsync(new ReleaseActions.BranchCleanup.BranchCleanupAction(), args);
