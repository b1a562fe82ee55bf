return await ReleaseActions.Core.Running.ActionHost.RunAsync(new ReleaseActions.BranchCleanup.BranchCleanupAction(), args);
