return await ReleaseActions.Core.Running.ActionHost.RunAsync(new ReleaseActions.ReleasePublish.ReleasePublishAction(), args);
