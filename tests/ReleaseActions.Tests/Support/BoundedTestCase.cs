using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace ReleaseActions.Tests.Support;

/// <summary>A test case that fails when it does not end within a limit. It is abandoned then, and the run goes on.</summary>
/// <remarks>A proxy, because all members but <c>Run</c> are those of the real test case.</remarks>
public class BoundedTestCase : DispatchProxy
{
    private static readonly ConcurrentDictionary<string, DateTime> Running = new(StringComparer.Ordinal);

    private IXunitTestCase _testCase = null!;

    // Thirty times what the slowest test takes on a free machine.
    private static TimeSpan Limit { get; } = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("RELEASE_ACTIONS_TEST_SECONDS") ?? "600", CultureInfo.InvariantCulture));

    public static IXunitTestCase Of(IXunitTestCase testCase)
    {
        // One that runs itself reports an error of its declaration, at once.
        if (testCase is ISelfExecutingXunitTestCase) return testCase;
        var bounded = Create<ISelfExecutingXunitTestCase, BoundedTestCase>();
        ((BoundedTestCase)bounded)._testCase = testCase;
        return bounded;
    }

    /// <summary>The tests that are running, one a line, the longest first.</summary>
    public static string DescribeRunning() =>
        string.Join('\n', ["The run was ended.", .. Running.OrderBy(r => r.Value).Select(r => $"Still running: {r.Key}")]);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name != nameof(ISelfExecutingXunitTestCase.Run)) return targetMethod.Invoke(_testCase, args);
        var (explicitOption, bus, constructorArguments) = ((ExplicitOption)args![0]!, (IMessageBus)args[1]!, (object?[])args[2]!);
        var (aggregator, cancellation) = ((ExceptionAggregator)args[3]!, (CancellationTokenSource)args[4]!);
        var (mode, scheduler, fixtures) = ((ParallelMode)args[5]!, (ExecutionScheduler)args[6]!, (FixtureMappingManager)args[7]!);
        return new ValueTask<RunSummary>(RunAsync(bus, cancellation, (held, stop) => XunitRunnerHelper.RunXunitTestCase(
            _testCase, held, stop, mode, scheduler, aggregator, explicitOption, constructorArguments, fixtures).AsTask()));
    }

    private async Task<RunSummary> RunAsync(
        IMessageBus bus, CancellationTokenSource cancellation, Func<IMessageBus, CancellationTokenSource, Task<RunSummary>> run)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation.Token);
        var held = new HeldMessages();
        Running[_testCase.TestCaseDisplayName] = DateTime.UtcNow;
        // A thread of its own: a test that blocks must not block whoever waits for it.
        var running = Task.Factory
            .StartNew(() => run(held, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        try
        {
            await Task.WhenAny(running, Task.Delay(Limit, CancellationToken.None));
            if (running.IsCompleted)
            {
                held.PassTo(bus, cancellation);
                return await running;
            }

            // What it still reports would contradict its failure; what it still waits for may listen to the test's token.
            await stop.CancelAsync();
            var message = $"It did not end within {Limit.TotalSeconds} s.";
            return XunitRunnerHelper.FailTestCases(bus, cancellation, [_testCase], message, sendTestMethodMessages: false);
        }
        finally
        {
            Running.TryRemove(_testCase.TestCaseDisplayName, out _);
        }
    }

    /// <summary>Keeps what a test case reports until it has ended.</summary>
    private sealed class HeldMessages : IMessageBus
    {
        private readonly ConcurrentQueue<IMessageSinkMessage> _messages = new();

        public bool QueueMessage(IMessageSinkMessage message)
        {
            _messages.Enqueue(message);
            return true;
        }

        public void PassTo(IMessageBus bus, CancellationTokenSource cancellation)
        {
            foreach (var message in _messages)
                if (!bus.QueueMessage(message)) cancellation.Cancel();
        }

        public void Dispose()
        {
        }
    }
}
