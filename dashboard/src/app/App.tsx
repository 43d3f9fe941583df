import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { SessionProvider } from '../api/session.tsx';
import { Waiting } from '../ui/Notice.tsx';
import { forgetKey, keepKey, takeKey } from './key.ts';
import { KeyGate } from './KeyGate.tsx';
import { useRoute, type Route } from './route.ts';
import { Shell } from './Shell.tsx';

const Overview = lazy(() => import('../pages/overview/Overview.tsx'));
const Subaccount = lazy(() => import('../pages/subaccount/Subaccount.tsx'));
const Surface = lazy(() => import('../pages/surface/Surface.tsx'));
const Scenarios = lazy(() => import('../pages/scenarios/Scenarios.tsx'));
const Operations = lazy(() => import('../pages/operations/Operations.tsx'));

/** The whole site: asks for a key first, then shows the page of the address. */
export function App() {
  const [key, setKey] = useState(() => takeKey(window));
  const [why, setWhy] = useState<string | null>(null);
  const enter = useCallback((entered: string) => {
    keepKey(entered);
    setWhy(null);
    setKey(entered);
  }, []);
  const leave = useCallback((reason: string | null) => {
    forgetKey();
    setWhy(reason);
    setKey(null);
  }, []);
  useEffect(() => {
    const taken = () => {
      if (window.location.hash.startsWith('#key=')) setKey(takeKey(window));
    };
    window.addEventListener('hashchange', taken);
    return () => window.removeEventListener('hashchange', taken);
  }, []);
  const route = useRoute();
  if (key === null) return <KeyGate why={why} enter={enter} />;
  return (
    <SessionProvider apiKey={key} refused={leave}>
      <Shell route={route} leave={() => leave(null)}>
        <Suspense fallback={<Waiting what="the page" />}>
          <PageOf route={route} />
        </Suspense>
      </Shell>
    </SessionProvider>
  );
}

function PageOf({ route }: { route: Route }) {
  switch (route.page) {
    case 'overview':
      return <Overview />;
    case 'subaccount':
      return <Subaccount id={route.subject} />;
    case 'surface':
      return <Surface underlying={route.subject} />;
    case 'scenarios':
      return <Scenarios id={route.subject} />;
    case 'operations':
      return <Operations />;
  }
}
