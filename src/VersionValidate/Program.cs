return await ReleaseActions.Core.Hosting.ActionHost.RunAsync(new ReleaseActions.VersionValidate.VersionValidateAction(), args);
