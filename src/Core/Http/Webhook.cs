using System.Text;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Http;

/// <summary>Sends a message to an address that is a secret itself.</summary>
/// <param name="http">The transport.</param>
/// <param name="timeLimit">The longest that one message may take, with all its attempts.</param>
public sealed class Webhook(ResilientHttp http, TimeSpan timeLimit)
{
    /// <summary>Sends a message, once; it is sent again only where nothing can have arrived.</summary>
    /// <returns>Null where it was taken, else why not; the address is not in it.</returns>
    public async Task<string?> PostAsync(Secret address, JsonObject message, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(address.Reveal().Trim(), UriKind.Absolute, out var uri) || !ApiAddress.IsSafe(uri) || uri.UserInfo.Length > 0) return "its address is no https address";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeLimit);
        try
        {
            using var answer = await http.SendAsync(
                () => new HttpRequestMessage(HttpMethod.Post, uri) { Content = new StringContent(message.ToJsonString(), Encoding.UTF8, "application/json") }, mayRepeat: false, timeLimit, limit.Token);
            return answer.IsSuccessStatusCode ? null : $"{uri.Host} answered {(int)answer.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return $"{uri.Host} gave no answer: {PlainText.Inert(e.Message)}";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{uri.Host} gave no answer within {timeLimit.TotalSeconds:0} s";
        }
    }
}
