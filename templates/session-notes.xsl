<?xml version="1.0" encoding="UTF-8"?>
<!-- help: everything recorded, by topic and issue, then actions and what stays open -->
<!--
  Session notes. The input is the notes document, the output a small subset of XHTML: see
  memobook-templates(5). To change a label, the order or the choice of sections, copy this
  file to ~/.local/share/memobook/templates/ and change the parameters, or write a template
  that imports "stock:session-notes.xsl" and sets them.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns="http://www.w3.org/1999/xhtml">
  <xsl:import href="stock:parts.xsl"/>

  <!-- What is printed, in this order. Take a word away to hide a section. -->
  <xsl:param name="sections"
             select="'head participants topics recommendations actions carried figures closing'"/>
  <!-- yes: annotations of a kind stand together; no: in the order they were made. -->
  <xsl:param name="group-notes" select="'no'"/>
  <!-- yes: the memo's background paragraphs of each topic too. -->
  <xsl:param name="background" select="'no'"/>
  <!-- yes: issues that nothing was recorded about (in the sitting) appear, briefly. -->
  <xsl:param name="untouched" select="'yes'"/>

  <!-- Labels: the head. -->
  <xsl:param name="document-title" select="'Session notes'"/>
  <xsl:param name="label-off-record" select="'Off record'"/>
  <xsl:param name="label-time" select="'Time'"/>
  <xsl:param name="label-answered" select="'answered'"/>
  <xsl:param name="label-of-discussion" select="'of discussion'"/>

  <!-- Labels: an issue. -->
  <xsl:param name="label-answer" select="'Answer'"/>
  <xsl:param name="label-positions" select="'Positions'"/>
  <xsl:param name="label-one-side" select="'One side'"/>
  <xsl:param name="label-another-side" select="'Another side'"/>
  <xsl:param name="label-notes" select="'Annotations'"/>
  <xsl:param name="label-actions" select="'Actions'"/>
  <xsl:param name="label-earlier" select="'Earlier'"/>
  <xsl:param name="label-priority" select="'Priority'"/>
  <xsl:param name="label-discussed-for" select="'Discussed for'"/>
  <xsl:param name="label-time-box" select="'of'"/>
  <xsl:param name="label-addressed" select="'Addressed to'"/>
  <xsl:param name="label-raised" select="'Raised in the room'"/>
  <xsl:param name="label-original" select="'Reworded in the room. The memo has'"/>
  <xsl:param name="label-on" select="'on'"/>
  <xsl:param name="label-readbacks" select="'Read back'"/>
  <xsl:param name="label-temperature" select="'Temperature'"/>
  <xsl:param name="label-rests-on" select="'Rests on'"/>
  <xsl:param name="label-private" select="'private'"/>
  <xsl:param name="label-earlier-entry" select="'earlier meeting'"/>
  <xsl:param name="label-done" select="'Done'"/>
  <xsl:param name="label-not-applicable" select="'Not applicable'"/>
  <xsl:param name="label-bracket" select="'open bracket'"/>
  <xsl:param name="label-brackets" select="'open brackets'"/>
  <xsl:param name="label-broken" select="'broken bracket'"/>
  <xsl:param name="label-broken-ones" select="'broken brackets'"/>
  <xsl:param name="text-in-spite-of" select="'in spite of: '"/>
  <xsl:param name="text-in-spite" select="'in spite of objections'"/>
  <xsl:param name="text-to-confirm" select="'to be confirmed by '"/>
  <xsl:param name="text-confirmed" select="'confirmed'"/>
  <xsl:param name="text-confirmed-by" select="'confirmed by '"/>
  <xsl:param name="text-kept-by" select="'kept by '"/>
  <xsl:param name="label-side" select="'side'"/>
  <xsl:param name="label-of-sides" select="'sides'"/>
  <xsl:param name="text-assent" select="'assent'"/>
  <xsl:param name="text-reservation" select="'reservation'"/>
  <xsl:param name="text-silence" select="'silence'"/>
  <xsl:param name="text-of" select="' of '"/>
  <xsl:param name="text-no-word" select="'no word was recorded'"/>
  <xsl:param name="text-read" select="'What was read back:'"/>
  <xsl:param name="text-changed" select="'The answer has changed since.'"/>
  <xsl:param name="text-not-discussed" select="'Not discussed.'"/>
  <xsl:param name="text-not-in-sitting" select="'Not discussed in this sitting.'"/>
  <xsl:param name="text-under-discussion" select="'Under discussion.'"/>
  <xsl:param name="text-nothing-recorded" select="'Discussed; nothing recorded.'"/>

  <!-- Labels: outcomes that are no disposition. -->
  <xsl:param name="outcome-answered" select="'Answered'"/>
  <xsl:param name="outcome-under-discussion" select="'Under discussion'"/>
  <xsl:param name="outcome-discussed" select="'Discussed'"/>

  <!-- Labels: kinds of annotation. -->
  <xsl:param name="kind-comment" select="'Comment'"/>
  <xsl:param name="kind-for" select="'For'"/>
  <xsl:param name="kind-against" select="'Against'"/>
  <xsl:param name="kind-proposal" select="'Proposal'"/>
  <xsl:param name="kind-question" select="'Question'"/>
  <xsl:param name="kind-fact" select="'Fact'"/>

  <!-- Labels: action items, what is carried forward, the end. -->
  <xsl:param name="title-actions" select="'Action items'"/>
  <xsl:param name="head-number" select="'No.'"/>
  <xsl:param name="head-action" select="'Action'"/>
  <xsl:param name="head-owner" select="'Owner'"/>
  <xsl:param name="head-due" select="'Due'"/>
  <xsl:param name="head-issue" select="'Issue'"/>
  <xsl:param name="label-due" select="'by'"/>
  <xsl:param name="title-carried" select="'Carried forward'"/>
  <xsl:param name="carried-bracketed" select="'Text in brackets'"/>
  <xsl:param name="carried-deferred" select="'Deferred'"/>
  <xsl:param name="carried-to-confirm" select="'To be confirmed'"/>
  <xsl:param name="carried-open" select="'Open'"/>
  <xsl:param name="carried-no-answer" select="'Without an answer'"/>
  <xsl:param name="text-closing" select="'End of the session notes, as of'"/>

  <!-- Labels: participants, and the meeting in figures. -->
  <xsl:param name="title-participants" select="'Participants'"/>
  <xsl:param name="label-others" select="'Others'"/>
  <xsl:param name="text-absent" select="'absent'"/>
  <xsl:param name="title-figures" select="'The meeting in figures'"/>
  <xsl:param name="title-outcomes" select="'Outcome by topic'"/>
  <xsl:param name="title-time" select="'Time by topic'"/>
  <xsl:param name="title-by-side" select="'Speaking time by side'"/>
  <xsl:param name="title-by-constituency" select="'Speaking time by constituency'"/>
  <xsl:param name="title-by-person" select="'Speaking time by participant'"/>
  <xsl:param name="head-topic" select="'Topic'"/>
  <xsl:param name="head-agreed" select="'Agreed'"/>
  <xsl:param name="head-issues" select="'Issues'"/>
  <xsl:param name="head-others" select="'Other outcomes'"/>
  <xsl:param name="head-used" select="'Used'"/>
  <xsl:param name="head-of-box" select="'Of its time box'"/>
  <xsl:param name="head-of-all" select="'Of all the time'"/>
  <xsl:param name="head-box" select="'Time box'"/>
  <xsl:param name="head-side" select="'Side'"/>
  <xsl:param name="head-constituency" select="'Constituency'"/>
  <xsl:param name="head-participant" select="'Participant'"/>
  <xsl:param name="head-share" select="'Share'"/>
  <xsl:param name="head-time" select="'Time'"/>
  <xsl:param name="head-turns" select="'Turns'"/>

  <!-- The sections. -->
  <xsl:template name="part">
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="$name = 'head'">
        <xsl:call-template name="head">
          <xsl:with-param name="facts"><xsl:call-template name="facts"/></xsl:with-param>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="$name = 'participants'">
        <xsl:apply-templates select="attendance[person]"/>
      </xsl:when>
      <xsl:when test="$name = 'topics'"><xsl:apply-templates select="topic"/></xsl:when>
      <xsl:when test="$name = 'recommendations'">
        <xsl:apply-templates select="recommendations"/>
      </xsl:when>
      <xsl:when test="$name = 'actions'">
        <xsl:apply-templates select="actions[action]"/>
      </xsl:when>
      <xsl:when test="$name = 'carried'">
        <xsl:apply-templates select="carried[issue]"/>
      </xsl:when>
      <xsl:when test="$name = 'figures'"><xsl:call-template name="figures"/></xsl:when>
      <xsl:when test="$name = 'closing'">
        <xsl:call-template name="closing">
          <xsl:with-param name="text" select="$text-closing"/>
        </xsl:call-template>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- The title block, after the meeting and when it sat. -->
  <xsl:template name="facts">
    <xsl:if test="off-record/spell">
      <dt><xsl:value-of select="$label-off-record"/></dt>
      <dd>
        <xsl:for-each select="off-record/spell">
          <xsl:if test="position() > 1"><br/></xsl:if>
          <xsl:apply-templates select="@when"/>
        </xsl:for-each>
      </dd>
    </xsl:if>
    <xsl:call-template name="attendance-facts"/>
    <xsl:if test="count(memo/side) > count(attendance/side[@side-name])">
      <dt><xsl:value-of select="$label-sides"/></dt>
      <dd>
        <xsl:for-each select="memo/side">
          <xsl:if test="position() > 1">, </xsl:if>
          <xsl:value-of select="."/>
        </xsl:for-each>
      </dd>
    </xsl:if>
    <xsl:apply-templates select="totals"/>
  </xsl:template>

  <xsl:template match="totals">
    <xsl:if test="@issues > 0">
      <dt><xsl:value-of select="$label-issues"/></dt>
      <dd>
        <xsl:value-of select="concat(@issues, $nbsp, $label-in-all, ', ')"/>
        <xsl:choose>
          <xsl:when test="@discussed = 0 and @answered = 0">
            <xsl:value-of select="$label-none-discussed"/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:value-of select="concat(@discussed, $nbsp, $label-discussed, ', ',
                                         @answered, $nbsp, $label-answered)"/>
          </xsl:otherwise>
        </xsl:choose>
      </dd>
    </xsl:if>
    <xsl:for-each select="..">
      <xsl:call-template name="outcome-facts"/>
    </xsl:for-each>
    <xsl:if test="@spent-words">
      <dt><xsl:value-of select="$label-time"/></dt>
      <dd><xsl:value-of select="concat(@spent-words, ' ', $label-of-discussion)"/></dd>
    </xsl:if>
  </xsl:template>

  <!-- Who took part, by side. -->
  <xsl:template match="attendance">
    <section class="participants">
      <h2><xsl:value-of select="$title-participants"/></h2>
      <dl class="record">
        <xsl:for-each select="side[@side]">
          <dt><xsl:value-of select="@side-name"/></dt>
          <dd>
            <ul class="plain">
              <xsl:apply-templates select="../person[@side = current()/@side]"/>
            </ul>
          </dd>
        </xsl:for-each>
        <xsl:if test="person[not(@side)]">
          <dt><xsl:value-of select="$label-others"/></dt>
          <dd>
            <ul class="plain"><xsl:apply-templates select="person[not(@side)]"/></ul>
          </dd>
        </xsl:if>
      </dl>
    </section>
  </xsl:template>

  <xsl:template match="person">
    <li>
      <xsl:value-of select="@name"/>
      <xsl:if test="@constituency"><xsl:value-of select="concat(', ', @constituency)"/></xsl:if>
      <xsl:if test="@role != 'speaker'"><xsl:value-of select="concat(', ', @role)"/></xsl:if>
      <xsl:choose>
        <xsl:when test="@part">
          <xsl:text> (</xsl:text>
          <xsl:for-each select="stay">
            <xsl:variable name="before" select="preceding-sibling::stay[1]"/>
            <xsl:choose>
              <xsl:when test="$before/@to-day = @from-day and @to-day = @from-day">
                <xsl:value-of select="concat(', ', @from-time, '–', @to-time)"/>
              </xsl:when>
              <xsl:otherwise>
                <xsl:if test="position() > 1">; </xsl:if>
                <xsl:apply-templates select="@when"/>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:for-each>
          <xsl:text>)</xsl:text>
        </xsl:when>
        <xsl:when test="@present = 'no' and ../@present > 0">
          <xsl:text> </xsl:text>
          <span class="quiet"><xsl:value-of select="concat('(', $text-absent, ')')"/></span>
        </xsl:when>
      </xsl:choose>
    </li>
  </xsl:template>

  <!-- A topic. -->
  <xsl:template match="topic">
    <section class="topic" id="{@id}">
      <h2>
        <xsl:value-of select="concat(@id, '.', $nbsp)"/>
        <xsl:apply-templates select="title/node()"/>
      </h2>
      <xsl:if test="statement">
        <p class="statement"><xsl:apply-templates select="statement/node()"/></p>
      </xsl:if>
      <xsl:if test="$background = 'yes'"><xsl:apply-templates select="p"/></xsl:if>
      <xsl:apply-templates select="issue"/>
    </section>
  </xsl:template>

  <xsl:template match="recommendations">
    <section class="recommendations" id="{@id}">
      <xsl:call-template name="recommendations-title"/>
      <xsl:apply-templates select="issue"/>
    </section>
  </xsl:template>

  <!-- An issue that nothing was recorded about: briefly. -->
  <xsl:template match="issue">
    <xsl:if test="$untouched = 'yes'">
      <p class="brief" id="{@ref}">
        <strong class="cite"><xsl:value-of select="@cite"/></strong>
        <xsl:text> </xsl:text>
        <xsl:call-template name="row-of-text"/>
        <xsl:if test="not(parent::recommendations) or @progress != 'not-discussed'">
          <br/>
          <span class="quiet">
            <xsl:choose>
              <xsl:when test="@progress = 'discussed'">
                <xsl:value-of select="$text-nothing-recorded"/>
              </xsl:when>
              <xsl:when test="@progress = 'under-discussion'">
                <xsl:value-of select="$text-under-discussion"/>
              </xsl:when>
              <xsl:when test="/notes/@sitting">
                <xsl:value-of select="$text-not-in-sitting"/>
              </xsl:when>
              <xsl:otherwise><xsl:value-of select="$text-not-discussed"/></xsl:otherwise>
            </xsl:choose>
            <xsl:if test="@priority">
              <xsl:value-of select="concat(' ', $label-priority, $nbsp, @priority, '.')"/>
            </xsl:if>
          </span>
        </xsl:if>
      </p>
    </xsl:if>
  </xsl:template>

  <!-- An issue with a record. -->
  <xsl:template match="issue[@recorded = 'yes']">
    <section class="issue" id="{@ref}">
      <h3>
        <strong class="cite"><xsl:value-of select="@cite"/></strong>
        <xsl:text> </xsl:text>
        <xsl:call-template name="outcome"/>
        <xsl:call-template name="bracket-count"/>
      </h3>
      <xsl:call-template name="question"/>
      <xsl:call-template name="meta"/>
      <xsl:if test="original">
        <p class="meta">
          <xsl:value-of select="concat($label-original, ': ')"/>
          <xsl:for-each select="original">
            <xsl:call-template name="row-of-text"/>
          </xsl:for-each>
        </p>
      </xsl:if>
      <xsl:if test="answer[not(@sub)] or note or position or action or readback or sounding or
                    support or confirmation or count(disposition) > 1 or
                    disposition[p or override or asked or keeper]">
        <dl class="record"><xsl:call-template name="record"/></dl>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template name="record">
    <xsl:if test="answer[not(@sub)]">
      <dt><xsl:value-of select="$label-answer"/></dt>
      <dd>
        <xsl:for-each select="answer[not(@sub)]">
          <xsl:call-template name="body"/>
          <xsl:call-template name="earlier"/>
        </xsl:for-each>
      </dd>
    </xsl:if>
    <xsl:if test="readback">
      <dt><xsl:value-of select="$label-readbacks"/></dt>
      <dd><ul class="plain"><xsl:apply-templates select="readback"/></ul></dd>
    </xsl:if>
    <xsl:call-template name="history"/>
    <xsl:call-template name="supports"/>
    <xsl:if test="position">
      <dt><xsl:value-of select="$label-positions"/></dt>
      <dd><ul class="plain"><xsl:apply-templates select="position"/></ul></dd>
    </xsl:if>
    <xsl:apply-templates select="sounding"/>
    <xsl:if test="note">
      <dt><xsl:value-of select="$label-notes"/></dt>
      <dd><ul class="plain"><xsl:call-template name="notes"/></ul></dd>
    </xsl:if>
    <xsl:if test="action">
      <dt><xsl:value-of select="$label-actions"/></dt>
      <dd><ul class="plain"><xsl:apply-templates select="action"/></ul></dd>
    </xsl:if>
  </xsl:template>

  <xsl:template name="bracket-count">
    <xsl:if test="@brackets or @broken">
      <xsl:text> </xsl:text>
      <span class="quiet">
        <xsl:text>(</xsl:text>
        <xsl:choose>
          <xsl:when test="@brackets = 1">
            <xsl:value-of select="concat('1', $nbsp, $label-bracket)"/>
          </xsl:when>
          <xsl:when test="@brackets">
            <xsl:value-of select="concat(@brackets, $nbsp, $label-brackets)"/>
          </xsl:when>
        </xsl:choose>
        <xsl:if test="@brackets and @broken">, </xsl:if>
        <xsl:choose>
          <xsl:when test="@broken = 1">
            <xsl:value-of select="concat('1', $nbsp, $label-broken)"/>
          </xsl:when>
          <xsl:when test="@broken">
            <xsl:value-of select="concat(@broken, $nbsp, $label-broken-ones)"/>
          </xsl:when>
        </xsl:choose>
        <xsl:text>)</xsl:text>
      </span>
    </xsl:if>
  </xsl:template>

  <xsl:template name="earlier">
    <xsl:if test="@earlier">
      <xsl:text> </xsl:text>
      <span class="quiet"><xsl:value-of select="concat('(', $label-earlier-entry, ')')"/></span>
    </xsl:if>
  </xsl:template>

  <!-- The outcome in words; without one, how far the issue came. -->
  <xsl:template name="outcome">
    <xsl:variable name="code">
      <xsl:choose>
        <xsl:when test="@disposition != 'open'">
          <xsl:value-of select="@disposition"/>
        </xsl:when>
        <xsl:when test="@progress = 'under-discussion'">under-discussion</xsl:when>
        <xsl:when test="@answered = 'yes' and not(@carried)">answered</xsl:when>
        <xsl:when test="parent::recommendations and @progress = 'discussed'">
          <xsl:text>discussed</xsl:text>
        </xsl:when>
        <xsl:otherwise>open</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <span class="outcome {$code}">
      <xsl:choose>
        <xsl:when test="$code = 'answered'"><xsl:value-of select="$outcome-answered"/></xsl:when>
        <xsl:when test="$code = 'under-discussion'">
          <xsl:value-of select="$outcome-under-discussion"/>
        </xsl:when>
        <xsl:when test="$code = 'discussed'"><xsl:value-of select="$outcome-discussed"/></xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="outcome-words">
            <xsl:with-param name="code" select="$code"/>
          </xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </span>
  </xsl:template>

  <!-- The text; what became of a sub-question stands below it. -->
  <xsl:template name="question">
    <xsl:variable name="issue" select="."/>
    <xsl:choose>
      <xsl:when test="@questions">
        <ol class="questions">
          <xsl:for-each select="p">
            <xsl:variable name="answer" select="$issue/answer[@sub = current()/@n]"/>
            <li>
              <xsl:choose>
                <xsl:when test="$answer or @state != 'open'">
                  <p><xsl:apply-templates select="node()"/></p>
                  <xsl:if test="not($answer) or @state-text">
                    <xsl:call-template name="state"/>
                  </xsl:if>
                  <xsl:for-each select="$answer">
                    <xsl:call-template name="paragraphs">
                      <xsl:with-param name="label" select="$label-answer"/>
                    </xsl:call-template>
                  </xsl:for-each>
                </xsl:when>
                <xsl:otherwise><xsl:apply-templates select="node()"/></xsl:otherwise>
              </xsl:choose>
            </li>
          </xsl:for-each>
        </ol>
      </xsl:when>
      <xsl:when test="parent::recommendations">
        <p><xsl:apply-templates select="p/node()"/></p>
      </xsl:when>
      <xsl:otherwise>
        <p class="question"><xsl:apply-templates select="p/node()"/></p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="state">
    <xsl:variable name="words">
      <xsl:choose>
        <xsl:when test="@state = 'answered'"><xsl:value-of select="$outcome-answered"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$label-not-applicable"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <p>
      <strong class="label">
        <xsl:value-of select="concat($words, substring('.:', 1 + boolean(@state-text), 1))"/>
      </strong>
      <xsl:if test="@state-text"><xsl:value-of select="concat(' ', @state-text)"/></xsl:if>
    </p>
  </xsl:template>

  <!-- Priority 1 · Discussed for 12 min of 15 min · Addressed to … -->
  <xsl:template name="meta">
    <xsl:if test="@priority or @spent-words or addressee or @raised">
      <p class="meta">
        <xsl:if test="@priority">
          <xsl:value-of select="concat($label-priority, $nbsp, @priority)"/>
        </xsl:if>
        <xsl:if test="@raised">
          <xsl:if test="@priority"><xsl:value-of select="$dot"/></xsl:if>
          <xsl:value-of select="$label-raised"/>
        </xsl:if>
        <xsl:if test="@spent-words">
          <xsl:if test="@priority or @raised"><xsl:value-of select="$dot"/></xsl:if>
          <xsl:value-of select="concat($label-discussed-for, ' ', @spent-words)"/>
          <xsl:if test="@minutes">
            <xsl:value-of select="concat(' ', $label-time-box, ' ', @minutes, $nbsp, 'min')"/>
          </xsl:if>
        </xsl:if>
        <xsl:if test="addressee">
          <xsl:if test="@priority or @raised or @spent-words">
            <xsl:value-of select="$dot"/>
          </xsl:if>
          <xsl:value-of select="concat($label-addressed, ' ')"/>
          <xsl:call-template name="addressees"/>
        </xsl:if>
      </p>
    </xsl:if>
  </xsl:template>

  <!-- The reason for the outcome, and what it was before. -->
  <xsl:template name="history">
    <xsl:if test="disposition[p or override or asked or keeper] or count(disposition) > 1 or
                  confirmation">
      <dt><xsl:value-of select="$label-outcome"/></dt>
      <dd>
        <xsl:choose>
          <xsl:when test="count(disposition) = 1 and not(confirmation)">
            <xsl:for-each select="disposition"><xsl:call-template name="step"/></xsl:for-each>
          </xsl:when>
          <xsl:otherwise>
            <ul class="plain">
              <xsl:apply-templates select="confirmation"/>
              <xsl:for-each select="disposition[@last]">
                <li><xsl:call-template name="step"/></li>
              </xsl:for-each>
              <xsl:for-each select="disposition[not(@last)]">
                <li>
                  <xsl:value-of select="concat($label-earlier, ', ')"/>
                  <xsl:apply-templates select="@day-words"/>
                  <xsl:value-of select="concat(', ', @time, ': ')"/>
                  <xsl:call-template name="step"/>
                </li>
              </xsl:for-each>
            </ul>
          </xsl:otherwise>
        </xsl:choose>
      </dd>
    </xsl:if>
  </xsl:template>

  <!-- Agreed: reason (in spite of: …; confirmed by …). -->
  <xsl:template name="step">
    <xsl:variable name="more"><xsl:call-template name="step-more"/></xsl:variable>
    <xsl:call-template name="outcome-words">
      <xsl:with-param name="code" select="@code"/>
    </xsl:call-template>
    <xsl:if test="p">
      <xsl:text>: </xsl:text>
      <xsl:call-template name="row-of-text"/>
    </xsl:if>
    <xsl:if test="string($more)">
      <xsl:value-of select="concat(' (', substring($more, 3), ')')"/>
    </xsl:if>
  </xsl:template>

  <!-- Each piece begins with "; ". -->
  <xsl:template name="step-more">
    <xsl:if test="override">
      <xsl:text>; </xsl:text>
      <xsl:choose>
        <xsl:when test="string(override)">
          <xsl:value-of select="concat($text-in-spite-of, override)"/>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="$text-in-spite"/></xsl:otherwise>
      </xsl:choose>
    </xsl:if>
    <xsl:if test="asked[@confirmed = 'no']">
      <xsl:value-of select="concat('; ', $text-to-confirm)"/>
      <xsl:call-template name="sides">
        <xsl:with-param name="of" select="asked[@confirmed = 'no']"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:for-each select="confirmation">
      <xsl:text>; </xsl:text>
      <xsl:call-template name="confirmed"/>
    </xsl:for-each>
    <xsl:if test="keeper">
      <xsl:value-of select="concat('; ', $text-kept-by, keeper/@by)"/>
    </xsl:if>
  </xsl:template>

  <!-- In the notes of a later sitting it stands by itself. -->
  <xsl:template match="confirmation">
    <li>
      <xsl:call-template name="confirmed"/>
    </li>
  </xsl:template>

  <xsl:template name="confirmed">
    <xsl:choose>
      <xsl:when test="@side-name">
        <xsl:value-of select="concat($text-confirmed-by, @side-name)"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$text-confirmed"/></xsl:otherwise>
    </xsl:choose>
    <xsl:text>, </xsl:text>
    <xsl:apply-templates select="@day-words"/>
    <xsl:if test="p">
      <xsl:text>: </xsl:text>
      <xsl:call-template name="row-of-text"/>
    </xsl:if>
  </xsl:template>

  <!-- "United States and Russian Federation"; "2 sides" where they are not told. -->
  <xsl:template name="sides">
    <xsl:param name="of"/>
    <xsl:choose>
      <xsl:when test="$of[@side-name]">
        <xsl:for-each select="$of">
          <xsl:choose>
            <xsl:when test="position() = 1"/>
            <xsl:when test="position() = last()">
              <xsl:value-of select="concat(' ', $label-and, ' ')"/>
            </xsl:when>
            <xsl:otherwise>, </xsl:otherwise>
          </xsl:choose>
          <xsl:value-of select="@side-name"/>
        </xsl:for-each>
      </xsl:when>
      <xsl:when test="count($of) = 1">
        <xsl:value-of select="concat('1', $nbsp, $label-side)"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="concat(count($of), $nbsp, $label-of-sides)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A read-back: when, each side's word, and what was read where it is not the answer. -->
  <xsl:template match="readback">
    <li>
      <xsl:apply-templates select="@day-words"/>
      <xsl:value-of select="concat(', ', @time)"/>
      <xsl:if test="@sub"><xsl:value-of select="concat(', ', $label-on, ' ', @cite)"/></xsl:if>
      <xsl:text>: </xsl:text>
      <xsl:apply-templates select="word"/>
      <xsl:if test="not(word)"><xsl:value-of select="$text-no-word"/></xsl:if>
      <xsl:variable name="end" select="word[last()]/p[last()]"/>
      <xsl:if test="not($end) or
                    translate(substring($end, string-length($end)), '.!?', '') != ''">
        <xsl:text>.</xsl:text>
      </xsl:if>
      <xsl:if test="@covers = 'no'">
        <xsl:value-of select="concat(' ', $text-read, ' “')"/>
        <xsl:call-template name="row-of-text"/>
        <xsl:text>”</xsl:text>
        <xsl:if test="@last"><xsl:value-of select="concat(' ', $text-changed)"/></xsl:if>
      </xsl:if>
    </li>
  </xsl:template>

  <xsl:template match="word">
    <xsl:if test="position() > 1">; </xsl:if>
    <xsl:choose>
      <xsl:when test="@assent = 'assent'"><xsl:value-of select="$text-assent"/></xsl:when>
      <xsl:when test="@assent = 'silence'"><xsl:value-of select="$text-silence"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$text-reservation"/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@side-name"><xsl:value-of select="concat($text-of, @side-name)"/></xsl:if>
    <xsl:if test="p">
      <xsl:text>: “</xsl:text>
      <xsl:call-template name="row-of-text"/>
      <xsl:text>”</xsl:text>
    </xsl:if>
  </xsl:template>

  <!-- What a recommendation rests on. -->
  <xsl:template name="supports">
    <xsl:if test="support">
      <dt><xsl:value-of select="$label-rests-on"/></dt>
      <dd>
        <p>
          <xsl:apply-templates select="support"/>
        </p>
        <xsl:if test="doubt">
          <p class="warning"><xsl:call-template name="doubts"/></p>
        </xsl:if>
      </dd>
    </xsl:if>
  </xsl:template>

  <!-- A temperature check: how many stand at each level. -->
  <xsl:template match="sounding">
    <dt><xsl:value-of select="$label-temperature"/></dt>
    <dd>
      <table class="levels">
        <xsl:for-each select="level">
          <tr>
            <td><xsl:apply-templates select="@words"/></td>
            <td><span class="bar"><xsl:value-of select="@share"/></span></td>
            <td class="number"><xsl:value-of select="@count"/></td>
          </tr>
        </xsl:for-each>
      </table>
      <xsl:if test="voice">
        <p class="meta">
          <xsl:for-each select="voice">
            <xsl:if test="position() > 1">; </xsl:if>
            <xsl:value-of select="concat(@by, ': ')"/>
            <xsl:apply-templates select="@words"/>
          </xsl:for-each>
        </p>
      </xsl:if>
    </dd>
  </xsl:template>

  <!-- Positions and annotations: a label, then the text. -->
  <xsl:template match="position">
    <xsl:variable name="who">
      <xsl:choose>
        <xsl:when test="@by"><xsl:value-of select="@by"/></xsl:when>
        <xsl:when test="position() = 1"><xsl:value-of select="$label-one-side"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$label-another-side"/></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@stance">
        <xsl:text>, </xsl:text>
        <xsl:call-template name="words">
          <xsl:with-param name="code" select="@stance"/>
        </xsl:call-template>
      </xsl:if>
      <xsl:if test="@shared = 'no'">
        <xsl:value-of select="concat(' (', $label-private, ')')"/>
      </xsl:if>
      <xsl:if test="@sub"><xsl:value-of select="concat(', ', $label-on, ' ', @cite)"/></xsl:if>
    </xsl:variable>
    <li>
      <xsl:call-template name="body">
        <xsl:with-param name="label" select="$who"/>
      </xsl:call-template>
      <xsl:call-template name="earlier"/>
    </li>
  </xsl:template>

  <xsl:template name="notes">
    <xsl:choose>
      <xsl:when test="$group-notes = 'yes'">
        <xsl:apply-templates select="note[@kind = 'fact']"/>
        <xsl:apply-templates select="note[@kind = 'for']"/>
        <xsl:apply-templates select="note[@kind = 'against']"/>
        <xsl:apply-templates select="note[@kind = 'proposal']"/>
        <xsl:apply-templates select="note[@kind = 'question']"/>
        <xsl:apply-templates select="note[@kind = 'comment']"/>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="note"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="note">
    <xsl:variable name="what">
      <xsl:choose>
        <xsl:when test="@kind = 'for'"><xsl:value-of select="$kind-for"/></xsl:when>
        <xsl:when test="@kind = 'against'"><xsl:value-of select="$kind-against"/></xsl:when>
        <xsl:when test="@kind = 'proposal'"><xsl:value-of select="$kind-proposal"/></xsl:when>
        <xsl:when test="@kind = 'question'"><xsl:value-of select="$kind-question"/></xsl:when>
        <xsl:when test="@kind = 'fact'"><xsl:value-of select="$kind-fact"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$kind-comment"/></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@sub"><xsl:value-of select="concat(', ', $label-on, ' ', @cite)"/></xsl:if>
      <xsl:if test="@by"><xsl:value-of select="concat(' (', @by, ')')"/></xsl:if>
    </xsl:variable>
    <li>
      <xsl:call-template name="body">
        <xsl:with-param name="label" select="$what"/>
      </xsl:call-template>
      <xsl:call-template name="earlier"/>
    </li>
  </xsl:template>

  <!-- Under its issue. -->
  <xsl:template match="action">
    <li>
      <xsl:call-template name="lines"/>
      <xsl:if test="@by or @due">
        <xsl:text> (</xsl:text>
        <xsl:value-of select="@by"/>
        <xsl:if test="@by and @due">, </xsl:if>
        <xsl:if test="@due">
          <xsl:value-of select="concat($label-due, $nbsp)"/>
          <xsl:apply-templates select="@due-words"/>
        </xsl:if>
        <xsl:text>)</xsl:text>
      </xsl:if>
      <xsl:if test="@done">
        <xsl:text> </xsl:text>
        <strong class="label"><xsl:value-of select="$label-done"/></strong>
        <xsl:for-each select="outcome[p]">
          <xsl:text>: </xsl:text>
          <xsl:call-template name="row-of-text"/>
        </xsl:for-each>
      </xsl:if>
      <xsl:call-template name="earlier"/>
    </li>
  </xsl:template>

  <!-- A text of one paragraph stands in the line of its label; of several, in their own. -->
  <xsl:template name="body">
    <xsl:param name="label"/>
    <xsl:choose>
      <xsl:when test="count(p) > 1">
        <xsl:call-template name="paragraphs">
          <xsl:with-param name="label" select="$label"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:if test="string($label)">
          <strong class="label"><xsl:value-of select="concat($label, ':')"/></strong>
          <xsl:text> </xsl:text>
        </xsl:if>
        <xsl:apply-templates select="p/node()"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="paragraphs">
    <xsl:param name="label"/>
    <xsl:for-each select="p">
      <p>
        <xsl:if test="position() = 1 and string($label)">
          <strong class="label"><xsl:value-of select="concat($label, ':')"/></strong>
          <xsl:text> </xsl:text>
        </xsl:if>
        <xsl:apply-templates select="node()"/>
      </p>
    </xsl:for-each>
  </xsl:template>

  <!-- Action items. -->
  <xsl:template match="actions">
    <section class="actions">
      <h2><xsl:value-of select="$title-actions"/></h2>
      <table>
        <thead>
          <tr>
            <th><xsl:value-of select="$head-number"/></th>
            <th><xsl:value-of select="$head-action"/></th>
            <xsl:if test="@owned > 0"><th><xsl:value-of select="$head-owner"/></th></xsl:if>
            <xsl:if test="@dated > 0"><th><xsl:value-of select="$head-due"/></th></xsl:if>
            <xsl:if test="@done > 0"><th><xsl:value-of select="$label-done"/></th></xsl:if>
            <th><xsl:value-of select="$head-issue"/></th>
          </tr>
        </thead>
        <tbody>
          <xsl:apply-templates select="action" mode="row"/>
        </tbody>
      </table>
    </section>
  </xsl:template>

  <xsl:template match="action" mode="row">
    <tr>
      <td><xsl:value-of select="@n"/></td>
      <td><xsl:call-template name="lines"/></td>
      <xsl:if test="../@owned > 0"><td><xsl:value-of select="@by"/></td></xsl:if>
      <xsl:if test="../@dated > 0">
        <td><xsl:apply-templates select="@due-words"/></td>
      </xsl:if>
      <xsl:if test="../@done > 0">
        <td>
          <xsl:if test="@done">
            <xsl:apply-templates select="outcome/@day-words"/>
          </xsl:if>
        </td>
      </xsl:if>
      <td><a href="#{@ref}"><xsl:value-of select="@cite"/></a></td>
    </tr>
  </xsl:template>

  <!-- Carried forward: by reason. -->
  <xsl:template match="carried">
    <section class="carried">
      <h2><xsl:value-of select="$title-carried"/></h2>
      <xsl:call-template name="carried-part">
        <xsl:with-param name="title" select="$carried-bracketed"/>
        <xsl:with-param name="issues" select="issue[@carried = 'bracketed']"/>
      </xsl:call-template>
      <xsl:call-template name="carried-part">
        <xsl:with-param name="title" select="$carried-deferred"/>
        <xsl:with-param name="issues" select="issue[@carried = 'deferred']"/>
      </xsl:call-template>
      <xsl:call-template name="carried-part">
        <xsl:with-param name="title" select="$carried-to-confirm"/>
        <xsl:with-param name="issues" select="issue[@carried = 'to-confirm']"/>
      </xsl:call-template>
      <xsl:call-template name="carried-part">
        <xsl:with-param name="title" select="$carried-open"/>
        <xsl:with-param name="issues" select="issue[@carried = 'open']"/>
      </xsl:call-template>
      <xsl:if test="issue[@carried = 'no-answer']">
        <h3><xsl:value-of select="$carried-no-answer"/></h3>
        <p>
          <xsl:for-each select="issue[@carried = 'no-answer']">
            <xsl:if test="position() > 1">, </xsl:if>
            <a href="#{@ref}"><xsl:value-of select="@cite"/></a>
          </xsl:for-each>
        </p>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template name="carried-part">
    <xsl:param name="title"/>
    <xsl:param name="issues"/>
    <xsl:if test="$issues">
      <h3><xsl:value-of select="$title"/></h3>
      <xsl:for-each select="$issues">
        <p class="brief">
          <strong class="cite"><a href="#{@ref}"><xsl:value-of select="@cite"/></a></strong>
          <xsl:text> </xsl:text>
          <xsl:call-template name="row-of-text"/>
        </p>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <!-- The meeting in figures. -->
  <xsl:template name="figures">
    <xsl:if test="totals/disposition[@code != 'open'] or topic/@spent or balance">
      <section class="figures">
        <h2><xsl:value-of select="$title-figures"/></h2>
        <xsl:if test="totals/disposition[@code != 'open']">
          <xsl:call-template name="outcomes"/>
        </xsl:if>
        <xsl:if test="topic/@spent"><xsl:call-template name="times"/></xsl:if>
        <xsl:apply-templates select="balance[@by = 'side']">
          <xsl:with-param name="title" select="$title-by-side"/>
          <xsl:with-param name="head" select="$head-side"/>
        </xsl:apply-templates>
        <xsl:apply-templates select="balance[@by = 'constituency'][row[@name]]">
          <xsl:with-param name="title" select="$title-by-constituency"/>
          <xsl:with-param name="head" select="$head-constituency"/>
        </xsl:apply-templates>
        <xsl:apply-templates select="balance[@by = 'person']">
          <xsl:with-param name="title" select="$title-by-person"/>
          <xsl:with-param name="head" select="$head-participant"/>
        </xsl:apply-templates>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- How many issues of each topic are agreed, and what became of the others. -->
  <xsl:template name="outcomes">
    <h3><xsl:value-of select="$title-outcomes"/></h3>
    <table class="figure">
      <thead>
        <tr>
          <th><xsl:value-of select="$head-topic"/></th>
          <th><xsl:value-of select="$head-agreed"/></th>
          <th class="number"><xsl:value-of select="$head-issues"/></th>
          <th><xsl:value-of select="$head-others"/></th>
        </tr>
      </thead>
      <tbody>
        <xsl:for-each select="topic[@issues > 0]">
          <xsl:variable name="agreed" select="sum(disposition[@code = 'agreed']/@count)"/>
          <tr>
            <td><a href="#{@id}"><xsl:value-of select="@id"/></a></td>
            <td>
              <span class="bar"><xsl:value-of select="round(100 * $agreed div @issues)"/></span>
            </td>
            <td class="number">
              <xsl:value-of select="concat($agreed, $nbsp, $label-time-box, $nbsp, @issues)"/>
            </td>
            <td>
              <xsl:for-each select="disposition[@code != 'agreed']">
                <xsl:if test="position() > 1">, </xsl:if>
                <xsl:variable name="words"><xsl:call-template name="words"/></xsl:variable>
                <xsl:value-of select="concat(@count, $nbsp, translate($words, ' ', $nbsp))"/>
              </xsl:for-each>
            </td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>

  <!-- Time used of the time boxes; where there are none, of all the time. -->
  <xsl:template name="times">
    <xsl:variable name="boxes" select="boolean(topic[@spent]/@minutes)"/>
    <xsl:variable name="all" select="sum(topic/@spent)"/>
    <h3><xsl:value-of select="$title-time"/></h3>
    <table class="figure">
      <thead>
        <tr>
          <th><xsl:value-of select="$head-topic"/></th>
          <th>
            <xsl:choose>
              <xsl:when test="$boxes"><xsl:value-of select="$head-of-box"/></xsl:when>
              <xsl:otherwise><xsl:value-of select="$head-of-all"/></xsl:otherwise>
            </xsl:choose>
          </th>
          <th class="number">%</th>
          <th class="number"><xsl:value-of select="$head-used"/></th>
          <xsl:if test="$boxes">
            <th class="number"><xsl:value-of select="$head-box"/></th>
          </xsl:if>
        </tr>
      </thead>
      <tbody>
        <xsl:for-each select="topic[@spent or @minutes]">
          <xsl:variable name="share">
            <xsl:choose>
              <xsl:when test="$boxes and @minutes"><xsl:value-of select="sum(@share)"/></xsl:when>
              <xsl:when test="not($boxes)">
                <xsl:value-of select="round(100 * sum(@spent) div $all)"/>
              </xsl:when>
            </xsl:choose>
          </xsl:variable>
          <tr>
            <td><a href="#{@id}"><xsl:value-of select="@id"/></a></td>
            <td>
              <xsl:choose>
                <!-- A bar is full at its end, however long it went on. -->
                <xsl:when test="$share > 100"><span class="bar">100</span></xsl:when>
                <xsl:when test="string($share)">
                  <span class="bar"><xsl:value-of select="$share"/></span>
                </xsl:when>
              </xsl:choose>
            </td>
            <td class="number"><xsl:value-of select="$share"/></td>
            <td class="number">
              <xsl:value-of select="@spent-words"/>
              <xsl:if test="not(@spent)">–</xsl:if>
            </td>
            <xsl:if test="$boxes">
              <td class="number">
                <xsl:if test="@minutes">
                  <xsl:value-of select="concat(@minutes, $nbsp, 'min')"/>
                </xsl:if>
              </td>
            </xsl:if>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>

  <!-- Speaking time. -->
  <xsl:template match="balance">
    <xsl:param name="title"/>
    <xsl:param name="head"/>
    <h3><xsl:value-of select="$title"/></h3>
    <table class="figure">
      <thead>
        <tr>
          <th><xsl:value-of select="$head"/></th>
          <th><xsl:value-of select="$head-share"/></th>
          <th class="number">%</th>
          <th class="number"><xsl:value-of select="$head-time"/></th>
          <th class="number"><xsl:value-of select="$head-turns"/></th>
        </tr>
      </thead>
      <tbody>
        <xsl:for-each select="row[@spent or ../@by != 'person']">
          <tr>
            <td>
              <xsl:value-of select="@name"/>
              <xsl:if test="not(@name)"><xsl:value-of select="$label-others"/></xsl:if>
            </td>
            <td><span class="bar"><xsl:value-of select="@share"/></span></td>
            <td class="number"><xsl:value-of select="@share"/></td>
            <td class="number">
              <xsl:value-of select="@spent-words"/>
              <xsl:if test="not(@spent)">–</xsl:if>
            </td>
            <td class="number"><xsl:value-of select="@turns"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>

  <!-- Texts of the memo. -->
  <xsl:template match="p"><p><xsl:apply-templates/></p></xsl:template>
</xsl:stylesheet>
