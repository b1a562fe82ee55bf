return await ReleaseActions.Core.Running.ActionHost.RunAsync(new ReleaseActions.ImageBuildPush.ImageBuildPushAction(), args);
