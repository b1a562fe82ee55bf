return await ReleaseActions.Core.Hosting.ActionHost.RunAsync(new ReleaseActions.ReleasePrepare.ReleasePrepareAction(), args);
