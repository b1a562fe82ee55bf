return await ReleaseActions.Core.Hosting.ActionHost.RunAsync(new ReleaseActions.ImageBuildPush.ImageBuildPushAction(), args);
