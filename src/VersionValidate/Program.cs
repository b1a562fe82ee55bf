return await ReleaseActions.Core.Running.ActionHost.RunAsync(new ReleaseActions.VersionValidate.VersionValidateAction(), args);
