namespace ReleaseActions.Core.Hosting;

/// <summary>The outputs an action declares. One that was not declared cannot be set, because there is nothing to set it on.</summary>
public sealed class Outputs
{
    private readonly List<Output> _outputs = [];

    /// <summary>The declarations, in order.</summary>
    public IReadOnlyList<OutputDeclaration> Declarations => [.. _outputs.Select(o => new OutputDeclaration(o.Name, o.Description))];

    /// <summary>What was set, by name, in the order of declaration.</summary>
    public IReadOnlyDictionary<string, string> Values => _outputs.Where(o => o.Value is not null).ToDictionary(o => o.Name, o => o.Value!);

    /// <summary>Declares an output.</summary>
    public Output Declare(string name, string description)
    {
        var output = new Output(name, description);
        _outputs.Add(output);
        return output;
    }
}

/// <summary>One declared output; later steps read it as <c>steps.ID.outputs.NAME</c>.</summary>
public sealed class Output(string name, string description)
{
    internal string Name => name;

    internal string Description => description;

    internal string? Value { get; private set; }

    /// <summary>Sets the output to a text, as it is, byte for byte.</summary>
    public void Set(string value) => Value = value;

    /// <summary>Sets the output to <c>true</c> or <c>false</c>, as expressions in workflows compare them.</summary>
    public void Set(bool value) => Value = value ? "true" : "false";

    /// <summary>Sets the output to a list, one value a line.</summary>
    public void Set(IEnumerable<string> values) => Value = string.Join('\n', values);
}
