using Breakwater.BrowserTests;

// One browser and one server are shared; frames are counted and waits are bounded: tests take turns.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Browser))]
[assembly: AssemblyFixture(typeof(Stand))]
