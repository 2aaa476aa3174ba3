"""What people do with plugins: switch them on and off, for an authority or for one of its programmes."""

from __future__ import annotations

from sqlalchemy import select

from cmcore.base.findings import refuse
from cmcore.plugins.configured import switched_anew
from cmcore.plugins.records import PluginSwitch
from cmcore.plugins.register import register
from cmcore.safekeeping.work import Work, action


@action("plugin_switch.change")
def switch_plugin(work: Work, authority_id: int, plugin: str, on: bool, programme: str = "") -> PluginSwitch:
    """Switch a plugin on or off for an authority, or for the programme with this key. What was recorded stays.

    Refuses a plugin that is not installed, one that is not in use, and one that the settings keep off.
    """
    work.require("plugin_switch.change", authority_id)
    known = register()
    if plugin in known.left_out and on:
        raise refuse(known.left_out[plugin].why, place="plugin")
    if plugin not in known.plugins and plugin not in known.left_out:
        there = ", ".join(sorted(known.plugins)) or "none"
        raise refuse(f"There is no plugin {plugin}.", place="plugin", way_out=f"Installed: {there}.")
    if on and plugin in known.configured.off:
        raise refuse(
            f"{known.plugins[plugin].manifest.title} is kept off by the settings.",
            place="plugin",
            way_out=f"Whoever looks after this installation takes it out of plugins.off in {known.configured.origin}.",
        )
    kept = work.db.scalar(
        select(PluginSwitch).where(
            PluginSwitch.authority_id == authority_id,
            PluginSwitch.plugin == plugin,
            PluginSwitch.programme == programme,
        )
    )
    if kept is None:
        kept = work.add(PluginSwitch(authority_id=authority_id, plugin=plugin, programme=programme, on=on))
    else:
        work.change(kept, on=on)
    work.plugins_switched()
    switched_anew()
    return kept
