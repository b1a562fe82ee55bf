using System.Text;
using System.Text.Json.Nodes;
using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Http;
using ReleaseActions.Core.Policy;
using ReleaseActions.Core.Text;

namespace ReleaseActions.ReleasePublish;

/// <summary>
/// Notifies the team's channels of a release. A channel that fails is reported and fails nothing. GitHub has no place to record that, and a
/// record could be lost after the message, so the run that publishes the release notifies, and another one only where a person requests it.
/// </summary>
internal static class Notifications
{
    /// <summary>The longest that one message may take, with all its attempts.</summary>
    internal static readonly TimeSpan LongestMessage = TimeSpan.FromSeconds(20);

    /// <summary>Sends an announcement to all channels at once, where the plan says so; each has a bounded time.</summary>
    public static async Task<PublicReport> RunAsync(PublicReport report, Writers writers, CancellationToken cancellation)
    {
        var channels = report.Plan.Request.Channels;
        if (channels.Count == 0 || report.Release.Draft) return report;
        if (!report.Plan.Notifies) return report with { Channels = [Skip(report.Plan.Request, writers)] };
        var announcement = new Announcement(report);
        return report with
        {
            Channels = await Task.WhenAll(channels.Select(c => NotifyAsync(c.Channel, c.Address, announcement, writers, cancellation))),
        };
    }

    private static string Skip(PublishRequest request, Writers writers)
    {
        var isForbidden = request.Notify == Notify.Never;
        foreach (var (channel, _) in request.Channels)
        {
            var reason = $"notification not sent: {(isForbidden ? "notify is never" : "already published")}";
            writers.Log.Step("notify", ("channel", channel.Name), ("status", "skipped"), ("reason", reason));
        }

        var names = string.Join(", ", request.Channels.Select(c => Markdown.Code(c.Channel.Name)));
        var why = isForbidden ? "`notify` is never" : "the release was public before this run (`notify: always` notifies them all)";
        return $"not notified: {names}, because {why}";
    }

    private static async Task<string> NotifyAsync(
        NotificationPolicy channel, Secret? address, Announcement announcement, Writers writers, CancellationToken cancellation)
    {
        var name = Markdown.Code(channel.Name);
        if (address is null)
        {
            writers.Log.Step("notify", ("channel", channel.Name), ("status", "skipped"), ("reason", $"{channel.UrlFrom} is not set"));
            return $"channel {name} was skipped: {Markdown.Code(channel.UrlFrom)} is not set";
        }

        var message = announcement.ToJson(channel.Kind);
        var problem = writers.Log.Secrets.IsIn(message.ToJsonString()) ? "its message would have a secret of this run in it"
            : await PostAsync(address, message, writers.Http, LongestMessage, cancellation);
        if (problem is null)
        {
            writers.Log.Step("notify", ("channel", channel.Name), ("status", "ok"));
            return $"channel {name} was notified";
        }

        writers.Log.Step("notify", ("channel", channel.Name), ("status", "failed"), ("reason", problem));
        writers.Log.Warning(new Finding(
            $"The channel '{channel.Name}' was not notified of the release: {problem}",
            $"The release is published. See that {channel.UrlFrom} holds the channel's address, and notify it manually;"
                + " a rerun notifies nobody, and with `notify: always` everybody again"));
        return $"⚠️ channel {name} was not notified: {Markdown.Text(problem)}";
    }

    /// <summary>Sends a message, once; it is sent again only where nothing can have arrived. The address is a secret itself.</summary>
    /// <returns>Null where it was accepted, else why not; the address is not in it.</returns>
    internal static async Task<string?> PostAsync(
        Secret address, JsonObject message, ResilientHttp http, TimeSpan timeLimit, CancellationToken cancellation)
    {
        var isUri = Uri.TryCreate(address.Reveal().Trim(), UriKind.Absolute, out var uri);
        if (!isUri || !ApiAddress.IsSafe(uri!) || uri!.UserInfo.Length > 0) return "its address is not an https address";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeLimit);
        HttpContent Content() => new StringContent(message.ToJsonString(), Encoding.UTF8, "application/json");
        HttpRequestMessage NewMessage() => new(HttpMethod.Post, uri) { Content = Content() };
        try
        {
            using var answer = await http.SendAsync(NewMessage, mayRepeat: false, timeLimit, limit.Token);
            return answer.IsSuccessStatusCode ? null : $"{uri!.Host} answered {(int)answer.StatusCode}";
        }
        catch (ActionException refusal)
        {
            return PlainText.Inert(refusal.Findings[0].Message);
        }
        catch (HttpRequestException e)
        {
            return $"{uri!.Host} gave no answer: {PlainText.Inert(e.Message)}";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{uri!.Host} gave no answer within {timeLimit.TotalSeconds:0} s";
        }
    }
}
