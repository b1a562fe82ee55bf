return await ReleaseActions.Core.Running.ActionHost.RunAsync(new ReleaseActions.ReleasePrepare.ReleasePrepareAction(), args);
