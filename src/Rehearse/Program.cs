return await ReleaseActions.Core.Hosting.ActionHost.RunAsync(new ReleaseActions.Rehearse.RehearseAction(), args);
