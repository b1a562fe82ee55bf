namespace ReleaseActions.Core.Hosting;

/// <summary>What an action does once its inputs are read: facts, plan, tell, apply.</summary>
public delegate Task ActionRun(World world, CancellationToken cancellation);

/// <summary>
/// A program of the suite. <see cref="ActionHost"/> reads its inputs, hands it the world, and turns what happens into
/// outputs, a job summary, annotations and an exit code.
/// </summary>
public interface IAction
{
    /// <summary>The name in kebab-case; also the program's file name and the folder under <c>actions/</c>.</summary>
    string Name { get; }

    /// <summary>One sentence: what it does for the person who uses it.</summary>
    string Description { get; }

    /// <summary>The permissions its token needs, as lines of a workflow's <c>permissions:</c>; for the README and for error messages.</summary>
    IReadOnlyList<string> Permissions { get; }

    /// <summary>Declares and reads the inputs, declares the outputs, and returns what is to be run.</summary>
    ActionRun Bind(Inputs inputs, Outputs outputs);
}
