namespace ReleaseActions.Sandbox;

/// <summary>What goes wrong with a push: the client gets 502 in any case.</summary>
public enum PushFault
{
    /// <summary>Nothing is done.</summary>
    Fails,

    /// <summary>The refs are changed first.</summary>
    LosesAnswer,
}
