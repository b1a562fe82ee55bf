using System.Reflection;
using System.Runtime.InteropServices;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestFramework(typeof(ReleaseActions.Tests.Support.BoundedTests))]

namespace ReleaseActions.Tests.Support;

/// <summary>xunit's own framework, in which every test case has a time limit.</summary>
/// <remarks>xunit's <c>Timeout</c> is for asynchronous tests only, and does not end one that blocks its thread.</remarks>
public sealed class BoundedTests : XunitTestFramework
{
    protected override ITestFrameworkExecutor CreateExecutor(Assembly assembly) =>
        new Executor(new XunitTestAssembly(assembly, configFilePath: null, assemblyName: null));

    private sealed class Executor(IXunitTestAssembly assembly) : XunitTestFrameworkExecutor(assembly)
    {
        public override async ValueTask RunTestCases(
            IReadOnlyCollection<IXunitTestCase> testCases, IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions, CancellationToken cancellationToken)
        {
            // ./test ends a run that takes too long; the tests that were running show where it hung.
            using var ending = PosixSignalRegistration.Create(
                PosixSignal.SIGTERM, _ => Console.Error.WriteLine(BoundedTestCase.DescribeRunning()));
            await base.RunTestCases([.. testCases.Select(BoundedTestCase.Of)], executionMessageSink, executionOptions, cancellationToken);
        }
    }
}
