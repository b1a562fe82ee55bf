return await ReleaseActions.Core.Hosting.ActionHost.RunAsync(new ReleaseActions.ReleasePublish.ReleasePublishAction(), args);
