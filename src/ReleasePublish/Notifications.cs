using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// Tells the team's channels of a release. A channel that fails is reported and fails nothing. GitHub has no place to note who was told that
/// could not be lost between message and note, so that the run which makes the release public tells, and another one only where a person says so.
/// </summary>
internal sealed class Notifications
{
    private readonly World _world;
    private readonly IReadOnlyList<(NotificationPolicy Channel, Secret? Address)> _channels;

    /// <summary>Reads the addresses, and hides them from the first line on.</summary>
    public Notifications(World world)
    {
        _world = world;
        _channels = [.. world.Policy.Notifications.Select(c => (c, world.Runner.Variables.GetValueOrDefault(c.UrlFrom) is { Length: > 0 } address ? new Secret(address) : null))];
        foreach (var (_, address) in _channels)
            if (address is not null) world.Log.Hide(address);
    }

    /// <summary>Sends an announcement to all channels at once, where the plan says so; each has a bounded time.</summary>
    /// <returns>What became of each, for the report.</returns>
    public async Task<IReadOnlyList<string>> TellAsync(Announcement announcement, CancellationToken cancellation)
    {
        if (_channels.Count == 0 || announcement.Release.Draft) return [];
        if (announcement.Plan.Tells) return await Task.WhenAll(_channels.Select(c => SendAsync(c.Channel, c.Address, announcement, cancellation)));
        var isForbidden = announcement.Plan.Wish.Notify == Notify.Never;
        foreach (var (channel, _) in _channels)
            _world.Log.Step("notify", ("channel", channel.Name), ("status", "skipped"), ("reason", $"notification not sent: {(isForbidden ? "notify is never" : "already published")}"));
        var names = string.Join(", ", _channels.Select(c => Markdown.Code(c.Channel.Name)));
        return [$"not told: {names}, because {(isForbidden ? "`notify` is never" : "the release was public before this run (`notify: always` tells them all)")}"];
    }

    private async Task<string> SendAsync(NotificationPolicy channel, Secret? address, Announcement announcement, CancellationToken cancellation)
    {
        var name = Markdown.Code(channel.Name);
        if (address is null)
        {
            _world.Log.Step("notify", ("channel", channel.Name), ("status", "skipped"), ("reason", $"{channel.UrlFrom} is not set"));
            return $"channel {name} was left out: {Markdown.Code(channel.UrlFrom)} is not set";
        }

        var problem = await _world.Webhook.PostAsync(address, announcement.ToJson(channel.Kind), cancellation);
        if (problem is null)
        {
            _world.Log.Step("notify", ("channel", channel.Name), ("status", "ok"));
            return $"channel {name} was told";
        }

        _world.Log.Step("notify", ("channel", channel.Name), ("status", "failed"), ("reason", problem));
        _world.Log.Warning(new Finding($"The channel '{channel.Name}' was not told of the release: {problem}", $"The release stands. See that {channel.UrlFrom} holds the channel's address, and tell them by hand; a rerun tells nobody, and with `notify: always` everybody again"));
        return $"⚠️ channel {name} was not told: {Markdown.Text(problem)}";
    }
}
