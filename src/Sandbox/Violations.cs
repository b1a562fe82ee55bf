namespace ReleaseActions.Sandbox;

/// <summary>What clients did that GitHub may let pass today but its manual does not allow.</summary>
internal sealed class Violations
{
    private readonly Lock _lock = new();
    private readonly List<string> _found = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lock)
                return [.. _found];
        }
    }

    public void Add(string violation)
    {
        lock (_lock)
            _found.Add(violation);
    }
}
