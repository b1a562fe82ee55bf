namespace ReleaseActions.Core.Policy;

/// <summary>The kinds of channel that can be told of a release.</summary>
public enum ChannelKind
{
    /// <summary>An incoming webhook of Slack.</summary>
    Slack,

    /// <summary>A webhook of a workflow in Microsoft Teams.</summary>
    Teams,

    /// <summary>Any address that takes JSON.</summary>
    Webhook,
}

/// <summary>A channel that is told of each release; it never fails one.</summary>
public sealed record NotificationPolicy
{
    internal NotificationPolicy(PolicyMap map)
    {
        Name = map.RequiredText("name", "What the channel is called in the report.");
        Kind = map.Choice("kind", "What takes the message: slack (an incoming webhook), teams (the webhook of a workflow) or webhook (JSON).", ChannelKind.Webhook);
        UrlFrom = map.RequiredText("url-from", "The environment variable that holds the address, such as SLACK_WEBHOOK_URL; set it from a secret. Where it is empty, the channel is left out.");
    }

    /// <summary>The channel's name.</summary>
    public string Name { get; }

    /// <summary>What takes the message.</summary>
    public ChannelKind Kind { get; }

    /// <summary>The variable that holds the address.</summary>
    public string UrlFrom { get; }
}
