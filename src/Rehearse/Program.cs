return await ReleaseActions.Core.Running.ActionHost.RunAsync(new ReleaseActions.Rehearse.RehearseAction(), args);
