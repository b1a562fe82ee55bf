namespace ReleaseActions.Core.Policy;

/// <summary>A channel that is notified of each release; it never fails one.</summary>
public sealed class NotificationPolicy(PolicyMap map)
{
    /// <summary>The channel's name.</summary>
    public string Name { get; } = map.RequiredText("name", "The channel's name in the report.");

    /// <summary><c>slack</c>, <c>teams</c> or <c>webhook</c>.</summary>
    public string Kind { get; } = map.Text("kind",
        "What receives the message: slack (an incoming webhook), teams (the webhook of a workflow) or webhook (JSON).",
        "webhook", "slack", "teams", "webhook");

    /// <summary>The variable with the address.</summary>
    public string UrlFrom { get; } = map.RequiredText("url-from",
        "The environment variable with the address, such as SLACK_WEBHOOK_URL, set from a secret. Where empty, the channel is skipped.");
}
